package io.oodmonitor.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScoreWindowTest {

    @Property(seed = "1")
    void shouldEqualBruteForce(
            @ForAll @IntRange(min = 1, max = 60) int capacity,
            @ForAll List<@FloatRange(min = -9, max = 9) Float> scores) {
        var window = new ScoreWindow(capacity);
        List<CalibrationScore> all = new ArrayList<>();
        for (float score : scores) {
            var entry = new CalibrationScore(score, score > 0);
            assertThat(window.add(entry)).isEqualTo(all.size());
            all.add(entry);
            assertHolds(window, all.subList(Math.max(0, all.size() - capacity), all.size()), all.size());
        }
    }

    @Property(seed = "1")
    void shouldBeRebuiltFromItsEntries(
            @ForAll @IntRange(min = 1, max = 60) int oldCapacity,
            @ForAll @IntRange(min = 1, max = 60) int newCapacity,
            @ForAll List<@FloatRange(min = -9, max = 9) Float> scores) {
        var window = new ScoreWindow(oldCapacity);
        List<CalibrationScore> all = new ArrayList<>();
        for (float score : scores) {
            all.add(new CalibrationScore(score, score > 0));
            window.add(all.get(all.size() - 1));
        }

        var rebuilt = new ScoreWindow(newCapacity);
        for (long sequence = window.firstSequence(); sequence < window.nextSequence(); sequence++) {
            rebuilt.restore(sequence, all.get((int) sequence));
        }

        int size = Math.min(Math.min(oldCapacity, newCapacity), all.size());
        assertHolds(rebuilt, all.subList(all.size() - size, all.size()), all.size());
    }

    private static void assertHolds(ScoreWindow window, List<CalibrationScore> expected, int added) {
        double[] sorted = expected.stream().mapToDouble(CalibrationScore::score).sorted().toArray();
        assertThat(window.size()).isEqualTo(expected.size());
        assertThat(window.nextSequence()).isEqualTo(expected.isEmpty() ? 0 : added);
        assertThat(window.firstSequence()).isEqualTo(window.nextSequence() - expected.size());
        for (int rank = 1; rank <= sorted.length; rank++) {
            assertThat((double) window.ofRank(rank)).isEqualTo(sorted[rank - 1]);
        }
        var threshold = ConformalThreshold.of(sorted, 0.2);
        assertThat(window.calibration(0.2).map(Calibration::threshold)).isEqualTo(threshold);
        window.calibration(0.2).ifPresent(calibration -> {
            assertThat(calibration.quantiles()).isEqualTo(CalibrationQuantiles.ofScores(sorted));
            assertThat(calibration.accuracy())
                    .isEqualTo(expected.stream().mapToInt(e -> e.correct() ? 1 : 0).average().orElseThrow());
        });
    }

    @Test
    void shouldForgetAnOldDistribution() {
        var window = new ScoreWindow(99);
        for (int i = 0; i < 99; i++) {
            window.add(new CalibrationScore(i, true));
        }
        for (int i = 0; i < 99; i++) {
            window.add(new CalibrationScore(1000 + i, false));
        }

        var calibration = window.calibration(0.05).orElseThrow();

        assertThat(calibration.threshold()).isEqualTo(new ConformalThreshold(1004, 5, 99, 0.05));
        assertThat(calibration.accuracy()).isZero();
        assertThat(window.firstSequence()).isEqualTo(99);
        assertThat(window.capacity()).isEqualTo(99);
    }

    @Test
    void shouldRefuseAGapAndAnEmptyWindow() {
        var window = new ScoreWindow(5);
        window.restore(7, new CalibrationScore(1, true));

        assertThatThrownBy(() -> window.restore(9, new CalibrationScore(1, true)))
                .hasMessage("calibration score 8 was expected next, but is 9");
        assertThatThrownBy(() -> new ScoreWindow(5).restore(-1, new CalibrationScore(1, true)))
                .hasMessage("sequence number must be at least 0, but is -1");
        assertThatThrownBy(() -> new ScoreWindow(0)).hasMessage("window capacity must be at least 1, but is 0");
        assertThatThrownBy(() -> window.ofRank(2)).hasMessage("rank must be in 1 to 1 (scores), but is 2");
        assertThatThrownBy(() -> new CalibrationScore(Float.NaN, true))
                .hasMessage("calibration scores must be finite, but one is NaN");
    }
}
