package io.oodmonitor.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class BetaBinomialTest {

    @ParameterizedTest
    @CsvFileSource(resources = "beta-binomial.csv", useHeadersInDisplayName = true)
    void shouldEqualExactArithmetic(
            long trials, double alpha, double beta, long x, double pmf, double cdf, double upper) {
        var distribution = new BetaBinomial(trials, alpha, beta);

        assertSame(distribution.pmf(x), pmf);
        assertSame(distribution.cdf(x), cdf);
        assertSame(distribution.upperTail(x), upper);
    }

    /** To 1e-9 relative; where a double underflows, to underflowing too. */
    private static void assertSame(double actual, double expected) {
        if (expected < 1e-300) {
            assertThat(actual).isLessThan(1e-299);
        } else {
            assertThat(actual / expected).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void shouldEqualAHandCountedCase() {
        // One old score, two new ones: the number of new ones below the old one is 0, 1 or 2 with equal chance.
        var distribution = new BetaBinomial(2, 1, 1);

        assertThat(distribution.pmf(0)).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(distribution.pmf(1)).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(distribution.upperTail(1)).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(distribution.mean()).isEqualTo(1);
    }

    @Test
    void shouldBeZeroOrOneOutsideItsRange() {
        var distribution = new BetaBinomial(10, 2, 3);

        assertThat(distribution.pmf(-1)).isZero();
        assertThat(distribution.pmf(11)).isZero();
        assertThat(distribution.cdf(-1)).isZero();
        assertThat(distribution.cdf(10)).isEqualTo(1);
        assertThat(distribution.upperTail(0)).isEqualTo(1);
        assertThat(distribution.upperTail(11)).isZero();
    }

    @Property(tries = 200, seed = "1")
    void shouldSplitIntoTailsThatSumToOne(
            @ForAll @IntRange(max = 3000) int trials,
            @ForAll @DoubleRange(min = 0.01, max = 2000) double alpha,
            @ForAll @DoubleRange(min = 0.01, max = 2000) double beta,
            @ForAll @DoubleRange(min = 0, max = 1) double where) {
        var distribution = new BetaBinomial(trials, alpha, beta);
        long x = Math.round(where * trials);

        assertThat(distribution.cdf(x - 1) + distribution.upperTail(x)).isCloseTo(1, within(1e-10));
        assertThat(distribution.upperTail(x) - distribution.upperTail(x + 1))
                .isCloseTo(distribution.pmf(x), within(1e-10));
    }

    @Property(tries = 100, seed = "1")
    void shouldHaveProbabilitiesThatSumToOne(
            @ForAll @IntRange(max = 500) int trials,
            @ForAll @DoubleRange(min = 1e-6, max = 1e6) @Scale(9) double alpha,
            @ForAll @DoubleRange(min = 1e-6, max = 1e6) @Scale(9) double beta) {
        var distribution = new BetaBinomial(trials, alpha, beta);
        double sum = 0;
        for (long x = 0; x <= trials; x++) {
            sum += distribution.pmf(x);
        }

        assertThat(sum).isCloseTo(1, within(1e-10));
    }

    @Property(tries = 200, seed = "1")
    void shouldTakeTheShortSumForTheLongOne(
            @ForAll @IntRange(min = 1, max = 2000) int trials,
            @ForAll @IntRange(min = 1, max = 300) int alpha,
            @ForAll @IntRange(min = 1, max = 300) int beta,
            @ForAll @DoubleRange(min = 0, max = 1) double where) {
        long x = Math.round(where * trials);
        double whole = new BetaBinomial(trials, alpha, beta).upperTail(x);
        double nearlyWhole = new BetaBinomial(trials, alpha * (1 + 1e-14), beta).upperTail(x);

        assertThat(nearlyWhole).isCloseTo(whole, within(1e-10 * whole + Double.MIN_NORMAL));
    }

    @Property(tries = 200, seed = "1")
    void shouldHaveTheSmallestIntervalThatLeavesHalfOnEitherSide(
            @ForAll @IntRange(max = 2000) int trials,
            @ForAll @IntRange(min = 1, max = 300) int alpha,
            @ForAll @IntRange(min = 1, max = 300) int beta,
            @ForAll @DoubleRange(min = 0.5, max = 0.999) @Scale(4) double coverage) {
        var distribution = new BetaBinomial(trials, alpha, beta);
        var interval = distribution.interval(coverage);
        double side = (1 - coverage) / 2;

        assertThat(distribution.cdf(interval.low() - 1)).isLessThanOrEqualTo(side);
        assertThat(distribution.cdf(interval.low())).isGreaterThan(side);
        assertThat(distribution.upperTail(interval.high() + 1)).isLessThanOrEqualTo(side);
        assertThat(distribution.upperTail(interval.high())).isGreaterThan(side);
    }

    @Test
    void shouldHaveTheIntervalOfTheDenseNetCheck() {
        // 1,000 calibration images, 9,000 others, target 5%.
        assertThat(new BetaBinomial(9000, 50, 951).interval(0.99)).isEqualTo(new PredictiveInterval(298, 634));
    }

    @Test
    @Timeout(10)
    void shouldAnswerForTenMillionTrialsAtOnce() {
        var distribution = new BetaBinomial(10_000_000, 50, 951);
        long start = System.nanoTime();
        double sum = 0;
        for (int i = 0; i < 1000; i++) {
            sum += distribution.upperTail(500_000 + i);
        }

        assertThat(sum).isPositive();
        assertThat(Duration.ofNanos((System.nanoTime() - start) / 1000)).isLessThan(Duration.ofMillis(1));
    }

    @Test
    void shouldRefuseWhatIsNoDistribution() {
        assertThatThrownBy(() -> new BetaBinomial(-1, 1, 1)).hasMessage("trials must be at least 0, but is -1");
        assertThatThrownBy(() -> new BetaBinomial(1, 0, 1)).hasMessage("alpha must be above 0 and finite, but is 0.0");
        assertThatThrownBy(() -> new BetaBinomial(1, 1, Double.NaN))
                .hasMessage("beta must be above 0 and finite, but is NaN");
        assertThatThrownBy(() -> new BetaBinomial(1, 1, 1).interval(1))
                .hasMessage("coverage must be above 0 and below 1, but is 1.0");
    }
}
