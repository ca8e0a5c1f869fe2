package io.oodmonitor.metrics;

import io.oodmonitor.calibration.KolmogorovSmirnov;
import io.oodmonitor.scoring.EngineStatistics;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.MonitorLoad;
import io.oodmonitor.stream.TopicNames;
import io.oodmonitor.stream.processor.Standard;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** How a monitor stands, looked up when somebody asks. Thread-safe. */
final class MonitorGauges implements MultiCollector {

    /** With fewer scores their distance to others says little. */
    static final int LEAST_SCORES = 100;
    private static final double NANOS = 1e9;

    private final RecentScores recent;
    private volatile Monitor monitor;

    /** @param recent is compared with the calibration scores */
    MonitorGauges(RecentScores recent) {
        this.recent = recent;
    }

    void tellOf(Monitor running) {
        monitor = running;
    }

    @Override
    public MetricSnapshots collect() {
        Monitor running = monitor;
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        boolean ready = running != null && running.isReady();
        all.metricSnapshot(gauge("ood_ready", "1 if images that come now are judged, else 0.", ready ? 1 : 0));
        if (running != null) {
            addLoad(all, running.load(), running.config().topics());
            addEngine(all, running);
            all.metricSnapshot(gauge("ood_target_false_alarm_rate", "The share of in-distribution images that may be "
                    + "flagged, as it is set.", running.config().calibrationPolicy().targetFalseAlarmRate()));
            running.standard().ifPresent(standard -> addStandard(all, standard));
        }
        return all.build();
    }

    private static void addLoad(MetricSnapshots.Builder all, MonitorLoad load, TopicNames topics) {
        GaugeSnapshot.Builder lag = GaugeSnapshot.builder().name("ood_lag_images")
                .help("Images on this instance's partitions without an outcome, as the broker last told.");
        addLag(lag, "images", load.lag(topics.images()));
        addLag(lag, "calibration", load.lag(topics.calibrationImages()));
        all.metricSnapshot(lag.build());
        all.metricSnapshot(gauge("ood_pending_images", "Images that were read and have no outcome yet.",
                load.pending()));
        all.metricSnapshot(gauge("ood_oldest_pending_seconds", "How long ago the first of the pending images was "
                + "read; grows when the engine hangs.", load.oldestPending().toNanos() / NANOS));
        all.metricSnapshot(gauge("ood_in_flight_bytes", "Bytes of images that the engine has and has not scored yet.",
                load.bytesInFlight()));
    }

    private static void addLag(GaugeSnapshot.Builder lag, String input, OptionalLong images) {
        images.ifPresent(known -> lag.dataPoint(GaugeDataPointSnapshot.builder().labels(Labels.of("input", input))
                .value(known).build()));
    }

    private static void addEngine(MetricSnapshots.Builder all, Monitor running) {
        EngineStatistics engine = running.statistics();
        all.metricSnapshot(gauge("ood_in_flight_batches", "Batches that are being filled, wait for the network or are "
                + "in it.", engine.batchesInFlight()));
        InfoSnapshot.Builder devices = InfoSnapshot.builder().name("ood_device").help("Where the network runs.");
        running.providers().stream().distinct().forEach(provider -> devices.dataPoint(InfoDataPointSnapshot.builder()
                .labels(Labels.of("device", provider.toString())).build()));
        all.metricSnapshot(devices.build());
    }

    private void addStandard(MetricSnapshots.Builder all, Standard standard) {
        all.metricSnapshot(gauge("ood_threshold", "The threshold in force: images that score lower are out of "
                + "distribution.", standard.threshold()));
        all.metricSnapshot(gauge("ood_calibration_samples", "Calibration scores that the threshold was taken from.",
                standard.rank().samples()));
        standard.updatedAt().ifPresent(made -> all.metricSnapshot(gauge("ood_calibration_age_seconds", "How long ago "
                + "calibration images made the threshold; not there for the one fitted with the bundle.",
                Duration.between(made, Instant.now()).toMillis() / 1e3)));
        double[] scores = recent.of(standard.detectorVersion());
        if (scores.length >= LEAST_SCORES) {
            all.metricSnapshot(gauge("ood_score_ks", "Kolmogorov-Smirnov distance, 0 to 1, of the last "
                    + RecentScores.CAPACITY + " scores to the calibration scores; from " + LEAST_SCORES + " on.",
                    KolmogorovSmirnov.distance(scores, standard.quantiles().values())));
        }
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder().name(name).help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build()).build();
    }
}
