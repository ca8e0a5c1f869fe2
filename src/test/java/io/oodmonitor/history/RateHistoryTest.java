package io.oodmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.calibration.WilsonInterval;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateHistoryTest {

    private static final long WINDOW = 10_000;
    private static final long NOW = 1_700_000_000_000L;
    private static final Duration DAY = Duration.ofDays(1);
    private static final long ALWAYS = Long.MAX_VALUE;

    private static Clock clock(long millis) {
        return Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    private static RateHistory history() {
        return new RateHistory(clock(NOW), DAY);
    }

    private static RateWindow window(String source, long start, long images, long ood) {
        return new RateWindow(source, start, start + WINDOW, images, ood, images == 0 ? 0 : (double) ood / images, 0, 1,
                0.05);
    }

    private static long at(long windowsAgo) {
        return NOW - windowsAgo * WINDOW;
    }

    private static long sum(long[] column) {
        return LongStream.of(column).sum();
    }

    @Test
    void shouldGiveWindowsAsTheyAreWhileThereAreFew() {
        RateHistory history = history();
        history.add(window("a", at(3), 10, 1));
        history.add(window("a", at(1), 20, 4));

        RateSeries series = history.ofSource("a", 0, ALWAYS, 600);

        assertThat(series.stepMillis()).isEqualTo(WINDOW);
        assertThat(series.starts()).containsExactly(at(3), at(1));
        assertThat(series.images()).containsExactly(10, 20);
        assertThat(series.rate(1)).isEqualTo(0.2);
        assertThat(series.interval(1)).isEqualTo(WilsonInterval.of(4, 20, 0.95));
        assertThat(history.ofSource("b", 0, ALWAYS, 600).size()).isZero();
        assertThat(history.expectedRate("a")).hasValue(0.05);
        assertThat(history.expectedRate("b")).isEmpty();
    }

    @Test
    void shouldGiveWindowsThatBeginInTheTimeAskedFor() {
        RateHistory history = history();
        LongStream.rangeClosed(1, 5).forEach(ago -> history.add(window("a", at(ago), 1, 0)));

        assertThat(history.ofAll(at(4), at(2), 600).starts()).containsExactly(at(4), at(3));
        assertThat(history.ofAll(at(2), at(4), 600).starts()).isEmpty();
    }

    @Test
    void shouldTakeInAWindowOnce() {
        RateHistory history = history();
        history.add(window("a", at(1), 10, 1));
        history.add(window("a", at(1), 10, 1));

        assertThat(history.ofAll(0, ALWAYS, 600).images()).containsExactly(10);
        assertThat(history.windows()).isEqualTo(1);
    }

    @Test
    void shouldTellOfSources() {
        RateHistory history = history();
        history.add(window("a", at(2), 10, 1));
        history.add(window("a", at(1), 10, 5));

        assertThat(history.sources()).containsExactly(new SourceSummary("a", 20, 6, 0.5, at(0)));
        assertThat(history.sources().get(0).rate()).isEqualTo(0.3);
    }

    @Test
    void shouldForgetWhatIsTooOldAndTheSourcesThatHaveNothingElse() {
        RateHistory history = history();
        history.add(window("old", NOW - DAY.toMillis() - 1, 10, 1));
        assertThat(history.sources()).isEmpty();

        MovingClock clock = new MovingClock(NOW);
        RateHistory moving = new RateHistory(clock, DAY);
        moving.add(window("a", NOW - DAY.toMillis(), 10, 1));
        moving.add(window("b", at(1), 10, 1));
        clock.add(1);

        assertThat(moving.sources()).extracting(SourceSummary::source).containsExactly("b");
        assertThat(moving.ofAll(0, ALWAYS, 600).size()).isEqualTo(1);
    }

    /** Whatever comes in whatever order: the sums are those of the windows that are kept, for each source and all. */
    @Property(tries = 300)
    void shouldKeepSumsHoweverWindowsAreMerged(@ForAll @Size(max = 200) List<@LongRange(max = 500) Long> starts,
            @ForAll @IntRange(min = 2, max = 40) int points, @ForAll @IntRange(min = 1, max = 100) int most) {
        RateHistory history = new RateHistory(clock(NOW), DAY, most);
        for (int i = 0; i < starts.size(); i++) {
            history.add(window("source-" + i % 3, at(starts.get(i)), i + 1, i / 2));
        }

        RateSeries all = history.ofAll(0, ALWAYS, points);
        RateSeries whole = history.ofAll(0, ALWAYS, 1_000);
        List<SourceSummary> sources = history.sources();
        assertThat(history.windows()).isLessThanOrEqualTo(most);
        assertThat(all.size()).isLessThanOrEqualTo(points);
        assertThat(all.starts()).isSorted().doesNotHaveDuplicates();
        assertThat(sum(all.images())).isEqualTo(sum(whole.images()))
                .isEqualTo(sources.stream().mapToLong(SourceSummary::images).sum());
        assertThat(sum(all.ood())).isEqualTo(sources.stream().mapToLong(SourceSummary::ood).sum());
        assertThat(sources).allSatisfy(source -> assertThat(sum(history.ofSource(source.source(), 0, ALWAYS, points)
                .images())).isEqualTo(source.images()));
        // What is kept is what is newest: nothing younger than the oldest that is kept was forgotten.
        if (whole.size() > 0) {
            long oldest = whole.starts()[0];
            long newer = starts.stream().map(RateHistoryTest::at).distinct().filter(start -> start >= oldest).count();
            assertThat(whole.size()).isEqualTo((int) newer);
        }
    }

    @Property(tries = 100)
    void shouldPutEachWindowIntoThePointThatItBeginsIn(@ForAll @Size(min = 50, max = 200)
            List<@LongRange(max = 2_000) Long> starts) {
        RateHistory history = history();
        starts.forEach(start -> history.add(window("a", at(start), 1, 0)));

        RateSeries series = history.ofAll(0, ALWAYS, 20);

        for (int i = 0; i < series.size(); i++) {
            long from = series.starts()[i];
            assertThat(from % series.stepMillis()).isZero();
            assertThat(series.images()[i]).isEqualTo(starts.stream().distinct().map(RateHistoryTest::at)
                    .filter(start -> start >= from && start < from + series.stepMillis()).count());
        }
    }

    @Test
    void shouldAnswerOfAMillionWindowsOfAThousandSourcesAtOnce() {
        RateHistory history = new RateHistory(clock(NOW), DAY);
        for (long ago = 1_000; ago > 0; ago--) {
            for (int source = 0; source < 1_000; source++) {
                history.add(window("source-" + source, at(ago), 100, source % 7));
            }
        }
        assertThat(history.windows()).isEqualTo(1_000_000);

        long[] nanos = LongStream.range(0, 5).map(round -> {
            long start = System.nanoTime();
            assertThat(sum(history.ofAll(0, ALWAYS, 300).images())).isEqualTo(100_000_000);
            assertThat(history.ofSource("source-999", 0, ALWAYS, 300).size()).isLessThanOrEqualTo(300);
            assertThat(history.sources()).hasSize(1_000);
            return System.nanoTime() - start;
        }).toArray();

        // Other programs may have the cores for one of them.
        assertThat(Arrays.stream(nanos).min().getAsLong()).isLessThan(Duration.ofMillis(100).toNanos());
    }
}
