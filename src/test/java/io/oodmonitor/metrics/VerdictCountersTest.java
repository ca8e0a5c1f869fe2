package io.oodmonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.event.Verdict;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictCountersTest {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final VerdictCounters counters = new VerdictCounters(registry, "v7");

    private Map<String, Double> bySource(Verdict verdict) {
        return ((CounterSnapshot) registry.scrape().get(0)).getDataPoints().stream()
                .filter(point -> point.getLabels().get("verdict").equals(verdict.name())
                        && point.getLabels().get("model_version").equals("v7"))
                .collect(Collectors.toMap(point -> point.getLabels().get("source"),
                        CounterSnapshot.CounterDataPointSnapshot::getValue));
    }

    @Test
    void shouldBeZeroBeforeTheFirstImage() {
        for (Verdict verdict : Verdict.values()) {
            assertThat(bySource(verdict)).containsExactly(Map.entry("other", 0.0));
        }
    }

    @Test
    void shouldCountBySourceAndVerdict() {
        counters.count("gate-1", Verdict.IN_DISTRIBUTION);
        counters.count("gate-1", Verdict.OUT_OF_DISTRIBUTION);
        counters.count("gate-2", Verdict.OUT_OF_DISTRIBUTION);
        counters.count("gate-1", Verdict.OUT_OF_DISTRIBUTION);

        assertThat(bySource(Verdict.OUT_OF_DISTRIBUTION)).containsOnly(
                Map.entry("gate-1", 2.0), Map.entry("gate-2", 1.0), Map.entry("other", 0.0));
        assertThat(bySource(Verdict.IN_DISTRIBUTION)).containsEntry("gate-1", 1.0).containsEntry("gate-2", 0.0);
    }

    @Test
    void shouldCountSourcesBeyondTheFirstTogether() {
        int sources = VerdictCounters.MOST_SOURCES + 30;
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < sources; i++) {
                counters.count("source-" + i, Verdict.IN_DISTRIBUTION);
            }
        }
        Map<String, Double> counted = bySource(Verdict.IN_DISTRIBUTION);

        assertThat(counted).hasSize(VerdictCounters.MOST_SOURCES + 1).containsEntry("other", 60.0)
                .containsEntry("source-49", 2.0).doesNotContainKey("source-50");
    }

    /** A source may call itself so: its images are among the others', and none is lost. */
    @Test
    void shouldCountASourceNamedOtherWithTheOthers() {
        counters.count("other", Verdict.UNCALIBRATED);
        IntStream.range(0, VerdictCounters.MOST_SOURCES)
                .forEach(i -> counters.count("source-" + i, Verdict.UNCALIBRATED));

        assertThat(bySource(Verdict.UNCALIBRATED)).hasSize(VerdictCounters.MOST_SOURCES).containsEntry("other", 2.0);
    }

    @Test
    void shouldLoseNoneOfSeveralThreads() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 4).mapToObj(thread -> new Thread(() -> {
            for (int i = 0; i < 10_000; i++) {
                counters.count("source-" + i % 70, Verdict.IN_DISTRIBUTION);
            }
        })).toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        Map<String, Double> counted = bySource(Verdict.IN_DISTRIBUTION);
        assertThat(counted.values().stream().mapToDouble(Double::doubleValue).sum()).isEqualTo(40_000);
        assertThat(counted).hasSize(VerdictCounters.MOST_SOURCES + 1);
    }
}
