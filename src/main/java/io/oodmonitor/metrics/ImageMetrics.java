package io.oodmonitor.metrics;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.stream.prefetch.Reason;
import io.oodmonitor.stream.processor.MonitorListener;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;

/**
 * Counts what becomes of images. Thread-safe; nothing is allocated for an image, and no lock taken but while somebody
 * looks.
 */
final class ImageMetrics implements MonitorListener {

    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private final VerdictCounters verdicts;
    private final RecentScores recent;
    private final DistributionDataPoint scores;
    private final DistributionDataPoint latencies;
    private final DistributionDataPoint batchSizes;
    private final DistributionDataPoint batchWaits;
    private final DistributionDataPoint inference;
    /** By the reason's ordinal. */
    private final CounterDataPoint[] deadLetters;

    /** @param recent is told of scores */
    ImageMetrics(PrometheusRegistry registry, Bundle bundle, RecentScores recent) {
        this.recent = recent;
        this.verdicts = new VerdictCounters(registry, bundle.version());
        this.scores = histogram(registry, "ood_score", "Scores of images; higher is more in-distribution.",
                ScoreBounds.of(bundle.fittedThreshold()));
        this.latencies = histogram(registry, "ood_captured_to_verdict_seconds",
                "From an image's capture, by its producer's clock, to its verdict, before that is committed.",
                0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 3_600);
        this.batchSizes = histogram(registry, "ood_batch_size",
                "Images in a batch that was scored; calibration images among them.",
                1, 2, 4, 8, 16, 32, 64, 128, 256);
        this.batchWaits = histogram(registry, "ood_batch_wait_seconds",
                "How long a batch's first image waited in it until the network was free.",
                0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5);
        this.inference = histogram(registry, "ood_inference_seconds", "How long a batch was in the network.",
                0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5);
        Counter rejected = Counter.builder().name("ood_dead_letters").labelNames("reason").withoutExemplars()
                .help("Records that became dead letters: processed, not committed.")
                .register(registry);
        this.deadLetters = Arrays.stream(Reason.values()).map(reason -> rejected.labelValues(reason.name()))
                .toArray(CounterDataPoint[]::new);
    }

    /** It is there, and zero, before the first image. */
    private static DistributionDataPoint histogram(PrometheusRegistry registry, String name, String help,
                                                   double... bounds) {
        return Histogram.builder().name(name).help(help).classicOnly().classicUpperBounds(bounds).withoutExemplars()
                .register(registry).labelValues();
    }

    @Override
    public void judged(OodScore verdict) {
        verdicts.count(verdict.getSource(), verdict.getVerdict());
        scores.observe(verdict.getScore());
        long millis = verdict.getScoredAt().toEpochMilli() - verdict.getCapturedAt().toEpochMilli();
        // A producer's clock may run ahead.
        latencies.observe(Math.max(0, millis) / MILLIS);
        recent.add(verdict.getDetectorVersion(), verdict.getSource(), verdict.getScore());
    }

    @Override
    public void rejected(Reason reason) {
        deadLetters[reason.ordinal()].inc();
    }

    @Override
    public void scored(int images, long waitNanos, long networkNanos) {
        batchSizes.observe(images);
        batchWaits.observe(waitNanos / NANOS);
        inference.observe(networkNanos / NANOS);
    }
}
