package io.oodmonitor.metrics;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.processor.MonitorListener;
import io.oodmonitor.stream.processor.Standard;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The metrics of one monitor and of its process; until there is a monitor, of the process alone. Thread-safe. */
public final class MonitorMetrics implements AutoCloseable {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final RuntimeMetrics runtime = new RuntimeMetrics(registry);
    private final RecentScores recent = new RecentScores();
    private final MonitorGauges gauges = new MonitorGauges(recent);
    private final ExpositionFormats formats = ExpositionFormats.init();

    public MonitorMetrics() {
        registry.register(gauges);
    }

    /** Counts what a monitor of this bundle does; to be called once. */
    public MonitorListener listener(Bundle bundle) {
        return new ImageMetrics(registry, bundle, recent);
    }

    /** From now on they are of this monitor, too. */
    public void tellOf(Monitor running) {
        gauges.tellOf(running);
        runtime.tellOf(running.streams());
    }

    /**
     * The scores of the last images beside the calibration scores.
     *
     * @param standard that images are judged by, if they are
     * @param source   of the images; empty for all
     */
    public ScoreHistogram scores(Optional<Standard> standard, Optional<String> source) {
        String detector = standard.map(Standard::detectorVersion).orElseGet(recent::detectorVersion);
        return ScoreHistogram.of(source.map(name -> recent.of(detector, name)).orElseGet(() -> recent.of(detector)),
                standard);
    }

    /**
     * All of them now, in the best format that is asked for: OpenMetrics, else Prometheus's older text.
     *
     * @param accept the request's header; null if there is none
     */
    public Exposition scrape(String accept) {
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            writer.write(body, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Exposition(writer.getContentType(), body.toByteArray());
    }

    @Override
    public void close() {
        runtime.close();
    }
}
