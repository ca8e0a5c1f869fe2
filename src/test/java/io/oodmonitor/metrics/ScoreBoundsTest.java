package io.oodmonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.bundle.FittedThreshold;
import io.oodmonitor.calibration.CalibrationQuantiles;
import io.oodmonitor.calibration.ConformalThreshold;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScoreBoundsTest {

    private static double[] of(double... scores) {
        return ScoreBounds.of(Optional.of(new FittedThreshold(ConformalThreshold.of(scores, 0.5).orElseThrow(),
                CalibrationQuantiles.ofScores(scores), OptionalDouble.empty())));
    }

    @Test
    void shouldBeRoundNumbersAroundTheScores() {
        assertThat(of(2, 5, 10)).containsExactly(
                -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
    }

    /** Whatever a detector's scores are like, and wherever they lie. */
    @Property
    void shouldSeparateScoresOfAnyScale(@ForAll @DoubleRange(min = -1e6, max = 1e6) double middle,
                                        @ForAll @IntRange(min = -3, max = 6) int power) {
        double scale = Math.pow(10, power);
        double[] scores = new Random(3).doubles(50).map(u -> middle + scale * u).toArray();
        double[] bounds = of(scores);

        assertThat(bounds).hasSizeBetween(20, 70).isSorted().doesNotHaveDuplicates();
        double lowest = Arrays.stream(scores).min().orElseThrow();
        double highest = Arrays.stream(scores).max().orElseThrow();
        assertThat(bounds[0]).isLessThan(lowest);
        assertThat(bounds[bounds.length - 1]).isGreaterThan(highest);
        assertThat(Arrays.stream(bounds).filter(bound -> bound > lowest && bound < highest).count())
                .isGreaterThanOrEqualTo(7);
    }

    @Test
    void shouldSpanMagnitudesWithoutScores() {
        assertThat(ScoreBounds.of(Optional.empty())).startsWith(-1_000).endsWith(1_000).isSorted();
        assertThat(of(4, 4, 4)).isEqualTo(ScoreBounds.of(Optional.empty()));
    }
}
