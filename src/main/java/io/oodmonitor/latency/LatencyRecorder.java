package io.oodmonitor.latency;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Collects latencies, to three digits; what took longer than ten minutes counts as ten minutes. Not thread-safe. */
public final class LatencyRecorder {

    private static final long LONGEST_MICROS = Duration.ofMinutes(10).toNanos() / 1_000;

    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);

    public void record(long nanos) {
        micros.recordValue(Math.max(0, Math.min(LONGEST_MICROS, nanos / 1_000)));
    }

    /** Of everything so far; zeros if that is nothing. */
    public Latency latency() {
        return new Latency(millis(50), millis(95), millis(99));
    }

    private double millis(double percentile) {
        return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percentile) / 1_000.0;
    }
}
