package io.oodmonitor.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CalibrationQuantilesTest {

    @Test
    void shouldCountAtMost() {
        var quantiles = CalibrationQuantiles.ofScores(new double[] {3, 1, 2, 2});

        assertThat(quantiles.pValue(0.5)).isEqualTo(1 / 5.0);
        assertThat(quantiles.pValue(1)).isEqualTo(2 / 5.0);
        assertThat(quantiles.pValue(1.5)).isEqualTo(2 / 5.0);
        assertThat(quantiles.pValue(2)).isEqualTo(4 / 5.0);
        assertThat(quantiles.pValue(3)).isEqualTo(1);
        assertThat(quantiles.pValue(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(quantiles.pValue(Double.NEGATIVE_INFINITY)).isEqualTo(1 / 5.0);
    }

    @Test
    void shouldKeepTheRanksOfTheContract() {
        double[] scores = IntStream.rangeClosed(1, 2500).asDoubleStream().toArray();
        double[] values = CalibrationQuantiles.ofScores(scores).values();

        assertThat(values).hasSize(1024);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isEqualTo(Math.ceil((i + 1) * 2500 / 1024.0));
        }
    }

    @Property(tries = 100, seed = "1")
    void shouldBeExactOrRoundUp(@ForAll @IntRange(min = 1, max = 5000) int samples, @ForAll long seed) {
        Random random = new Random(seed);
        double[] scores = random.ints(samples, 0, 3000).asDoubleStream().toArray();
        var quantiles = CalibrationQuantiles.ofScores(scores);

        for (double score : random.ints(50, -5, 3005).asDoubleStream().toArray()) {
            double exact = (1 + Arrays.stream(scores).filter(s -> s <= score).count()) / (samples + 1.0);
            double pValue = quantiles.pValue(score);
            if (samples <= CalibrationQuantiles.CAPACITY) {
                assertThat(pValue).isEqualTo(exact);
            } else {
                assertThat(pValue).isGreaterThanOrEqualTo(exact).isLessThan(exact + 1 / 1024.0);
            }
        }
    }

    @Property(tries = 100, seed = "1")
    void shouldNeverFallAsTheScoreRises(
            @ForAll @IntRange(min = 1, max = 3000) int samples, @ForAll long seed, @ForAll double a, @ForAll double b) {
        var quantiles = CalibrationQuantiles.ofScores(new Random(seed).doubles(samples, -100, 100).toArray());

        assertThat(quantiles.pValue(Math.min(a, b))).isLessThanOrEqualTo(quantiles.pValue(Math.max(a, b)));
    }

    @Property(tries = 100, seed = "1")
    void shouldAgreeWithTheThreshold(@ForAll @IntRange(min = 19, max = 1024) int samples, @ForAll long seed) {
        Random random = new Random(seed);
        double[] scores = random.ints(samples, 0, 200).asDoubleStream().toArray();
        var threshold = ConformalThreshold.of(scores, 0.05).orElseThrow();
        var quantiles = CalibrationQuantiles.ofScores(scores);

        for (int score = -1; score < 201; score++) {
            assertThat(quantiles.pValue(score) <= threshold.expectedRate()).isEqualTo(threshold.flags(score));
        }
    }

    @Test
    void shouldHaveSuperUniformPValues() {
        Random random = new Random(99);
        for (int samples : new int[] {50, 1024, 3000}) {
            int rounds = 400;
            int images = 100;
            int[] below = new int[10];
            for (int round = 0; round < rounds; round++) {
                var quantiles = CalibrationQuantiles.ofScores(random.doubles(samples).toArray());
                for (int image = 0; image < images; image++) {
                    double pValue = quantiles.pValue(random.nextDouble());
                    for (int tenth = 1; tenth < 10; tenth++) {
                        below[tenth] += pValue <= tenth / 10.0 ? 1 : 0;
                    }
                }
            }
            for (int tenth = 1; tenth < 10; tenth++) {
                double u = tenth / 10.0;
                double error = Math.sqrt(u * (1 - u) / rounds * (1.0 / images + 1.0 / samples));
                assertThat(below[tenth] / (double) (rounds * images)).isBetween(
                        u - 1.0 / Math.min(samples, 1024) - 4 * error, u + 4 * error);
            }
        }
    }

    @Test
    void shouldRestoreWhatItGave() {
        for (int samples : new int[] {1, 1000, 5000}) {
            var quantiles = CalibrationQuantiles.ofScores(new Random(1).doubles(samples).toArray());

            assertThat(CalibrationQuantiles.restore(quantiles.values(), quantiles.samples()))
                    .isEqualTo(quantiles).hasSameHashCodeAs(quantiles).hasToString(quantiles.toString());
        }
    }

    @Test
    void shouldRefuseWhatAreNoQuantiles() {
        assertThatThrownBy(() -> CalibrationQuantiles.ofScores(new double[0]))
                .hasMessage("calibration quantiles need at least one score, but there is none");
        assertThatThrownBy(() -> CalibrationQuantiles.restore(new double[] {1, 2}, 1))
                .hasMessage("between 1 and 1 quantiles were expected of 1 samples, but there are 2");
        assertThatThrownBy(() -> CalibrationQuantiles.restore(new double[1025], 2000))
                .hasMessage("between 1 and 1024 quantiles were expected of 2000 samples, but there are 1025");
        assertThatThrownBy(() -> CalibrationQuantiles.restore(new double[] {2, 1}, 2))
                .hasMessage("quantiles must ascend, but 1.0 follows 2.0");
        assertThatThrownBy(() -> CalibrationQuantiles.restore(new double[] {Double.NaN}, 1))
                .hasMessage("calibration scores must be finite, but one is NaN");
    }
}
