package io.oodmonitor.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformalThresholdTest {

    @Test
    void shouldTakeTheScoreOfTheRank() {
        double[] scores = IntStream.rangeClosed(1, 39).mapToDouble(i -> 40 - i).toArray();

        assertThat(ConformalThreshold.of(scores, 0.05)).contains(new ConformalThreshold(2, 2, 39, 0.05));
        assertThat(scores).startsWith(39, 38);
    }

    @ParameterizedTest
    @CsvSource({"0.05, 19, 1", "0.05, 39, 2", "0.05, 1000, 50", "0.29, 99, 29", "0.07, 99, 7", "0.1, 9, 1", "0.3, 9, 3",
        "0.57, 99, 57", "0.01, 99, 1", "0.001, 999, 1", "0.999, 2, 2", "0.05, 2147483647, 107374182"})
    void shouldRankByDecimalArithmetic(double target, int samples, int rank) {
        assertThat(ConformalRank.of(samples, target)).contains(new ConformalRank(rank, samples));
    }

    @ParameterizedTest
    @CsvSource({"0.05, 19", "0.01, 99", "0.3, 3", "0.5, 1", "0.9, 1"})
    void shouldBeEmptyBelowTheMinimumSample(double target, int minimum) {
        assertThat(ConformalRank.minimumSamples(target)).isEqualTo(minimum);
        assertThat(ConformalThreshold.of(new double[minimum - 1], target)).isEmpty();
        assertThat(ConformalThreshold.of(new double[minimum], target)).isPresent();
    }

    @Property(seed = "1")
    void shouldNeverExpectMoreThanTheTarget(
            @ForAll @IntRange(max = 1_000_000) int samples, @ForAll @IntRange(min = 1, max = 999) int perMille) {
        double target = perMille / 1000.0;

        ConformalRank.of(samples, target).ifPresent(rank -> {
            assertThat((long) rank.rank() * 1000).isLessThanOrEqualTo(perMille * (samples + 1L));
            assertThat((rank.rank() + 1L) * 1000).isGreaterThan(perMille * (samples + 1L));
        });
    }

    @Test
    void shouldFlagStrictlyBelow() {
        var threshold = new ConformalThreshold(2.5, 1, 19, 0.05);

        assertThat(threshold.flags(Math.nextDown(2.5))).isTrue();
        assertThat(threshold.flags(2.5)).isFalse();
        assertThat(threshold.expectedRate()).isEqualTo(0.05);
        assertThat(threshold.flagged(100)).isEqualTo(new BetaBinomial(100, 1, 19));
    }

    @Test
    void shouldFlagAsManyAsTheBetaBinomialSays() {
        Random random = new Random(20240811);
        int rounds = 2000;
        int images = 400;
        int outside = 0;
        long flagged = 0;
        for (int round = 0; round < rounds; round++) {
            var threshold = ConformalThreshold.of(random.doubles(199).toArray(), 0.05).orElseThrow();
            long count = random.doubles(images).filter(threshold::flags).count();
            flagged += count;
            outside += threshold.flagged(images).interval(0.9).contains(count) ? 0 : 1;
        }

        // The standard error of the mean rate is 0.0187 / sqrt(2000), from both samples' spread.
        assertThat(flagged / (double) (rounds * images)).isCloseTo(0.05, within(4 * 0.0187 / Math.sqrt(rounds)));
        // At most 10% outside, less as counts are whole numbers; plus 4 standard errors.
        assertThat(outside / (double) rounds).isBetween(0.06, 0.1 + 4 * Math.sqrt(0.09 / rounds));
    }

    @Test
    void shouldKeepTheTargetWithTies() {
        Random random = new Random(7);
        int rounds = 4000;
        long flagged = 0;
        for (int round = 0; round < rounds; round++) {
            double[] scores = random.ints(99, 0, 12).asDoubleStream().toArray();
            var threshold = ConformalThreshold.of(scores, 0.1).orElseThrow();
            flagged += random.ints(100, 0, 12).filter(threshold::flags).count();
        }

        assertThat(flagged / (rounds * 100.0)).isPositive().isLessThan(0.1);
    }

    @Test
    void shouldRefuseWhatIsNoThreshold() {
        assertThatThrownBy(() -> ConformalThreshold.of(new double[] {1, Double.NaN}, 0.5))
                .hasMessage("calibration scores must be finite, but one is NaN");
        assertThatThrownBy(() -> ConformalThreshold.of(new double[] {Double.NEGATIVE_INFINITY, 1}, 0.5))
                .hasMessage("calibration scores must be finite, but one is -Infinity");
        assertThatThrownBy(() -> ConformalThreshold.of(new double[] {1}, 1))
                .hasMessage("target false-alarm rate must be above 0 and below 1, but is 1.0");
        assertThatThrownBy(() -> new ConformalThreshold(1, 3, 2, 0.5))
                .hasMessage("rank must be in 1 to 2 (samples), but is 3");
        assertThatThrownBy(() -> new ConformalThreshold(1, 1, 0, 0.5))
                .hasMessage("samples must be at least 1, but is 0");
        assertThatThrownBy(() -> new ConformalThreshold(Double.NaN, 1, 1, 0.5))
                .hasMessage("threshold must be finite, but is NaN");
    }
}
