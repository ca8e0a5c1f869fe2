package io.oodmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** How an instance did: what is counted, kept and merged. */
class PerformanceTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final Duration DAY = Duration.ofDays(1);

    private static OodScore verdict(long latency) {
        return new OodScore("id", "a", Instant.ofEpochMilli(NOW), Instant.ofEpochMilli(NOW + latency), "model", "1",
                "dice@90#0", "gear", 3, 0.9f, 1.5f, -1.5f, 2.0, 4L, 0.5, Verdict.IN_DISTRIBUTION);
    }

    private static PerformanceSample sample(int second, long images) {
        return new PerformanceSample(NOW + second * 1_000L, 1_000, images, 10, 20, 1, images, 5_000_000, 7_000_000, 3);
    }

    @Test
    void shouldCountFromOneLookToTheNext() {
        PerformanceMeter meter = new PerformanceMeter();
        meter.look(NOW, OptionalLong.empty());
        meter.judged(verdict(4));
        meter.judged(verdict(4));
        meter.judged(verdict(12));
        meter.judged(verdict(-3));
        meter.scored(4, 3_000_000, 6_000_000);

        PerformanceSample sample = meter.look(NOW + 500, OptionalLong.of(9));
        assertThat(sample).isEqualTo(
                new PerformanceSample(NOW, 500, 4, 4, 12, 1, 4, 3_000_000, 6_000_000, 9));
        assertThat(sample.imagesPerSecond()).isEqualTo(8);
        assertThat(sample.queueWaitMillis()).hasValue(3);
        assertThat(sample.inferenceMillis()).hasValue(6);

        PerformanceSample quiet = meter.look(NOW + 1_500, OptionalLong.empty());
        assertThat(quiet.images()).isZero();
        assertThat(quiet.p50()).isEmpty();
        assertThat(quiet.batchSize()).isEmpty();
        assertThat(quiet.knownLag()).isEmpty();
    }

    @Test
    void shouldForgetWhatIsTooOld() {
        PerformanceHistory history = new PerformanceHistory(Duration.ofMinutes(1));
        for (int second = 0; second < 100; second++) {
            history.add(sample(second, 1));
        }

        assertThat(history.series(0, Long.MAX_VALUE, 1_000).samples()).hasSize(61);
    }

    @Test
    void shouldKeepLongerStepsWhereItGoesBackFurther() {
        PerformanceHistory history = new PerformanceHistory(Duration.ofDays(10));
        for (int second = 0; second < 100; second++) {
            history.add(sample(second, 2));
        }

        PerformanceHistory.Series series = history.series(0, Long.MAX_VALUE, 1_000);
        assertThat(series.stepMillis()).isEqualTo(10_000);
        assertThat(series.samples()).hasSizeBetween(10, 12);
        assertThat(series.samples().stream().mapToLong(PerformanceSample::images).sum()).isEqualTo(200);
    }

    @Property(tries = 200)
    void shouldKeepSumsHoweverSamplesAreMerged(@ForAll @Size(max = 100) List<@IntRange(max = 50) Integer> images,
            @ForAll @IntRange(min = 2, max = 30) int points) {
        PerformanceHistory history = new PerformanceHistory(DAY);
        for (int second = 0; second < images.size(); second++) {
            history.add(sample(second, images.get(second)));
        }

        PerformanceHistory.Series series = history.series(0, Long.MAX_VALUE, points);

        assertThat(series.samples()).hasSizeLessThanOrEqualTo(points);
        assertThat(series.samples().stream().mapToLong(PerformanceSample::images).sum())
                .isEqualTo(images.stream().mapToLong(Integer::longValue).sum());
        assertThat(series.samples().stream().mapToLong(PerformanceSample::millis).sum())
                .isEqualTo(1_000L * images.size());
        assertThat(series.samples()).allSatisfy(merged -> assertThat(merged.p50().orElse(10)).isEqualTo(10));
    }
}
