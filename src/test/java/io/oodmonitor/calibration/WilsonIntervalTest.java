package io.oodmonitor.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonIntervalTest {

    /** From fifty-digit arithmetic: the roots of (share - p)^2 = z^2 p (1 - p) / n. */
    @ParameterizedTest
    @CsvSource({
        "5, 100, 0.95, 0.021543679154367973, 0.11175046923191913", "0, 10, 0.95, 0.0, 0.2775327998628892",
        "10, 10, 0.95, 0.7224672001371109, 1.0", "1, 3, 0.9, 0.07826572633372839, 0.746466131718776",
        "450, 9000, 0.95, 0.04568615294191822, 0.054697829045596426",
        "1, 1000000, 0.99, 1.1740547499963234e-07, 8.517433834755594e-06",
        "7, 20, 0.999, 0.11514236035294728, 0.6902266406643973"})
    void shouldEqualTheRootsOfItsEquation(long successes, long trials, double confidence, double lower, double upper) {
        var interval = WilsonInterval.of(successes, trials, confidence);

        assertThat(interval.lower()).isCloseTo(lower, within(1e-14));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-14));
    }

    @ParameterizedTest
    @CsvSource({
        "0.4, 0.2533471031357997", "0.2, 0.8416212335729142", "0.1, 1.2815515655446004", "0.025, 1.9599639845400543",
        "0.005, 2.575829303548901", "0.0005, 3.290526731491895", "1e-06, 4.753424308822899", "1e-10, 6.361340902404057",
        "1e-12, 7.034483825301132", "1e-50, 14.933337534788489", "1e-300, 37.0470962993612"})
    void shouldKnowNormalQuantiles(double tail, double quantile) {
        assertThat(NormalQuantile.ofUpperTail(tail)).isCloseTo(quantile, within(4e-15 * quantile));
    }

    @Test
    void shouldReachTheEnds() {
        assertThat(WilsonInterval.of(0, 10, 0.95).lower()).isZero();
        assertThat(WilsonInterval.of(10, 10, 0.95).upper()).isEqualTo(1);
        assertThat(WilsonInterval.of(0, 0, 0.95)).isEqualTo(new WilsonInterval(0, 1));
    }

    @Property(seed = "1")
    void shouldHoldTheShareAndMirror(
            @ForAll @IntRange(min = 1, max = 1_000_000) int trials, @ForAll @IntRange(max = 1_000_000) int some) {
        int successes = some % (trials + 1);
        var interval = WilsonInterval.of(successes, trials, 0.95);
        var mirrored = WilsonInterval.of(trials - successes, trials, 0.95);

        assertThat(successes / (double) trials).isBetween(interval.lower(), interval.upper());
        assertThat(mirrored.lower()).isCloseTo(1 - interval.upper(), within(1e-14));
    }

    @Test
    void shouldRefuseWhatIsNoShare() {
        assertThatThrownBy(() -> WilsonInterval.of(3, 2, 0.95))
                .hasMessage("successes must be in 0 to the number of trials, but are 3 of 2");
        assertThatThrownBy(() -> WilsonInterval.of(1, 2, 1))
                .hasMessage("confidence must be above 0 and below 1, but is 1.0");
    }
}
