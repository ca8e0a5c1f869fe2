package io.oodmonitor.calibration;

import static io.oodmonitor.calibration.RateTest.Change.CLEAR;
import static io.oodmonitor.calibration.RateTest.Change.NONE;
import static io.oodmonitor.calibration.RateTest.Change.RAISE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateTestTest {

    private static final RateTest TEST = new RateTest(1e-3, 0.05, 20, 2);
    private static final List<ConformalRank> RANKS = List.of(new ConformalRank(50, 1000));

    @Test
    void shouldRaiseWhenTheCountIsImprobable() {
        var decision = TEST.decide(false, 100, 60, RANKS);

        assertThat(decision.change()).isEqualTo(RAISE);
        assertThat(decision.pValue()).isEqualTo(new BetaBinomial(100, 50, 951).upperTail(60));
        assertThat(decision.expectedRate()).isEqualTo(50 / 1001.0);
    }

    @Test
    void shouldNotRaiseTwice() {
        assertThat(TEST.decide(true, 100, 60, RANKS).change()).isEqualTo(NONE);
    }

    @Test
    void shouldClearWhenTheCountIsProbableAgain() {
        assertThat(TEST.decide(true, 100, 5, RANKS).change()).isEqualTo(CLEAR);
        assertThat(TEST.decide(false, 100, 5, RANKS).change()).isEqualTo(NONE);
    }

    @Test
    void shouldChangeNothingBetweenTheSignificances() {
        // P(X >= 12) of Beta-Binomial(100; 50, 951) lies between 0.001 and 0.05.
        assertThat(TEST.decide(false, 100, 12, RANKS).pValue()).isBetween(0.001, 0.05);
        assertThat(TEST.decide(false, 100, 12, RANKS).change()).isEqualTo(NONE);
        assertThat(TEST.decide(true, 100, 12, RANKS).change()).isEqualTo(NONE);
    }

    @Test
    void shouldChangeNothingOnFewImages() {
        assertThat(TEST.decide(false, 19, 19, RANKS).change()).isEqualTo(NONE);
        assertThat(TEST.decide(false, 20, 20, RANKS).change()).isEqualTo(RAISE);
        assertThat(TEST.decide(true, 19, 0, RANKS).change()).isEqualTo(NONE);
        assertThat(TEST.decide(true, 20, 0, RANKS).change()).isEqualTo(CLEAR);
    }

    @Test
    void shouldNotRaiseBelowTheMinimumRatio() {
        var ranks = List.of(new ConformalRank(5000, 99_999));

        assertThat(TEST.decide(false, 1_000_000, 99_000, ranks).pValue()).isLessThan(1e-100);
        assertThat(TEST.decide(false, 1_000_000, 99_000, ranks).change()).isEqualTo(NONE);
        assertThat(TEST.decide(false, 1_000_000, 100_000, ranks).change()).isEqualTo(RAISE);
    }

    @Test
    void shouldClearBelowHalfwayToTheMinimumRatioHoweverSignificant() {
        var ranks = List.of(new ConformalRank(5000, 99_999));

        assertThat(TEST.decide(true, 1_000_000, 76_000, ranks).change()).isEqualTo(NONE);
        assertThat(TEST.decide(true, 1_000_000, 74_000, ranks).pValue()).isLessThan(1e-100);
        assertThat(TEST.decide(true, 1_000_000, 74_000, ranks).change()).isEqualTo(CLEAR);
    }

    @Test
    void shouldTakeTheMostCautiousOfSeveralThresholds() {
        var small = new ConformalRank(1, 19);
        var large = new ConformalRank(500, 9999);
        double cautious = TEST.decide(false, 100, 15, List.of(small)).pValue();

        assertThat(cautious).isGreaterThan(TEST.decide(false, 100, 15, List.of(large)).pValue());
        assertThat(TEST.decide(false, 100, 15, List.of(large, small)).pValue()).isEqualTo(cautious);
    }

    @Test
    void shouldAnswerForAnEmptyWindow() {
        assertThat(TEST.decide(true, 0, 0, List.of())).isEqualTo(new RateTest.Decision(NONE, 1, 0));
        assertThat(TEST.decide(true, 0, 0, RANKS)).isEqualTo(new RateTest.Decision(NONE, 1, 50 / 1001.0));
    }

    @Test
    void shouldRaiseFalselyNoMoreOftenThanItsSignificance() {
        Random random = new Random(5);
        var test = new RateTest(0.01, 0.1, 1, 1);
        int rounds = 5000;
        int raised = 0;
        for (int round = 0; round < rounds; round++) {
            var threshold = ConformalThreshold.of(random.doubles(59).toArray(), 0.05).orElseThrow();
            long flagged = random.doubles(300).filter(threshold::flags).count();
            raised += test.decide(false, 300, flagged, List.of(threshold.conformalRank())).change() == RAISE ? 1 : 0;
        }

        assertThat(raised / (double) rounds).isBetween(0.004, 0.01 + 4 * Math.sqrt(0.01 * 0.99 / rounds));
    }

    @Property(seed = "1")
    void shouldBeSurerTheMoreAreFlagged(
            @ForAll @IntRange(min = 1, max = 5000) int images, @ForAll @IntRange(max = 4999) int some) {
        int ood = some % images;

        assertThat(TEST.decide(false, images, ood + 1, RANKS).pValue())
                .isLessThanOrEqualTo(TEST.decide(false, images, ood, RANKS).pValue());
    }

    @Test
    void shouldRefuseBadSettingsAndCounts() {
        assertThatThrownBy(() -> new RateTest(0, 0.05, 20, 2))
                .hasMessage("significance must be above 0 and below 1, but is 0.0");
        assertThatThrownBy(() -> new RateTest(0.01, 0.001, 20, 2))
                .hasMessage("clear significance must be in 0.01 (significance) to 1, but is 0.001");
        assertThatThrownBy(() -> new RateTest(0.01, 0.05, 0, 2))
                .hasMessage("minimum images must be at least 1, but is 0");
        assertThatThrownBy(() -> new RateTest(0.01, 0.05, 20, 0.5))
                .hasMessage("minimum ratio must be at least 1 and finite, but is 0.5");
        assertThatThrownBy(() -> TEST.decide(false, 5, 6, RANKS))
                .hasMessage("flagged images must be in 0 to the number of images, but are 6 of 5");
        assertThatThrownBy(() -> TEST.decide(false, 5, 5, List.of()))
                .hasMessage("a threshold must have judged the 5 images, but there is none");
    }
}
