package io.oodmonitor.metrics;

import io.oodmonitor.event.Verdict;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts verdicts by source: by the first so many, then by "other". Thread-safe. */
final class VerdictCounters {

    static final int MOST_SOURCES = 50;
    static final String OTHER = "other";

    private final Counter counter;
    private final String modelVersion;
    /** By source, and in it by the verdict's ordinal. */
    private final Map<String, CounterDataPoint[]> bySource = new ConcurrentHashMap<>();
    private final CounterDataPoint[] others;
    private volatile boolean full;

    VerdictCounters(PrometheusRegistry registry, String modelVersion) {
        this.modelVersion = modelVersion;
        this.counter = Counter.builder().name("ood_images").labelNames("verdict", "model_version", "source")
                .help("Images that got a verdict: processed, not committed, so one whose transaction is aborted is "
                        + "counted again. The first " + MOST_SOURCES + " sources have their own series, the rest is "
                        + OTHER + ".")
                .withoutExemplars().register(registry);
        this.others = of(OTHER);
    }

    private CounterDataPoint[] of(String source) {
        return Arrays.stream(Verdict.values())
                .map(verdict -> counter.labelValues(verdict.name(), modelVersion, source))
                .toArray(CounterDataPoint[]::new);
    }

    void count(String source, Verdict verdict) {
        CounterDataPoint[] known = bySource.get(source);
        if (known == null) {
            known = full ? others : admit(source);
        }
        known[verdict.ordinal()].inc();
    }

    private synchronized CounterDataPoint[] admit(String source) {
        if (full) {
            return bySource.getOrDefault(source, others);
        }
        CounterDataPoint[] counters = bySource.computeIfAbsent(source, this::of);
        full = bySource.size() == MOST_SOURCES;
        return counters;
    }
}
