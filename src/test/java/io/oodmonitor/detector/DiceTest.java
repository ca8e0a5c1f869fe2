package io.oodmonitor.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.detector.statistics.FeatureMean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class DiceTest {

    @ParameterizedTest(name = "{index}: {0} classes, sparsity {1}")
    @CsvFileSource(resources = "dice.csv", delimiter = ';', numLinesToSkip = 1, maxCharsPerColumn = 100_000)
    void shouldMaskAndScoreAsNumpyDoes(int classes, double sparsity, String weight, String bias, String mean,
            String masked, String features, double score) {
        float[] h = Fixtures.floats(features);
        LinearHead head = new LinearHead(classes, h.length, Fixtures.floats(weight), Fixtures.floats(bias));
        HeadEnergy scorer = HeadEnergy.of(new Dice(sparsity), head, new FeatureMean(Fixtures.doubles(mean)));
        assertThat(scorer.head().weight()).usingComparatorWithPrecision(0f).containsExactly(Fixtures.floats(masked));
        assertThat(scorer.head().bias()).isEqualTo(head.bias());
        assertThat(scorer.score(h)).isCloseTo(score, within(1e-12));
    }

    @Test
    void shouldDropContributionsEqualToThePercentile() {
        LinearHead head = new LinearHead(1, 4, new float[] {1, 2, 2, 3}, new float[1]);
        // V = 1 2 2 3; its median, 2, is no longer among what stays.
        FeatureMean ones = new FeatureMean(new double[] {1, 1, 1, 1});
        assertThat(new Dice(50).maskedWeight(head, ones)).containsExactly(0, 0, 0, 3);
    }

    @Test
    void shouldRefuseAMeanOfAnotherNetwork() {
        LinearHead head = new LinearHead(1, 2, new float[2], new float[1]);
        assertThatThrownBy(() -> new Dice(50).maskedWeight(head, new FeatureMean(new double[3])))
                .hasMessage("the feature mean holds 3 values, but the head takes 2 features");
    }

    @Test
    void shouldRefuseASparsityThatLeavesNothing() {
        assertThatThrownBy(() -> new Dice(100))
                .hasMessage("the sparsity of dice must be at least 0 and below 100, but is 100.0");
    }
}
