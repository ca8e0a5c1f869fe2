package io.oodmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ThresholdHistoryTest {

    private static final long ALWAYS = Long.MAX_VALUE;

    private final ThresholdHistory history = new ThresholdHistory();

    private static ThresholdPoint point(long version) {
        return new ThresholdPoint(version, 2.5, 200, OptionalDouble.empty(), 0.05, version * 1_000, "1", "dice@90#0");
    }

    private List<Long> versions(long from, long to) {
        return history.points(from, to).stream().map(ThresholdPoint::version).toList();
    }

    @Test
    void shouldGiveThoseOfATimeOldestFirstAndEachOnce() {
        assertThat(history.add(point(2))).isTrue();
        assertThat(history.add(point(1))).isTrue();
        assertThat(history.add(point(3))).isTrue();
        assertThat(history.add(point(2))).isFalse();

        assertThat(versions(0, ALWAYS)).containsExactly(1L, 2L, 3L);
        assertThat(versions(2_000, 3_000)).containsExactly(2L);
    }

    @Test
    void shouldThinThePastAndKeepTheLatestWhole() {
        int last = 10 * ThresholdHistory.MOST;
        for (int version = 1; version <= last; version++) {
            history.add(point(version));
        }

        List<Long> kept = versions(0, ALWAYS);
        assertThat(kept).hasSizeBetween(ThresholdHistory.MOST / 2, ThresholdHistory.MOST).isSorted().startsWith(1L)
                .endsWith((long) last);
        assertThat(kept.subList(kept.size() - ThresholdHistory.MOST / 4, kept.size()))
                .first().isEqualTo(last - ThresholdHistory.MOST / 4 + 1L);
    }
}
