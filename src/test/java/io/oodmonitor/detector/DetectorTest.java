package io.oodmonitor.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {

    @ParameterizedTest
    @ValueSource(strings = {"energy", "dice@90", "dice@87.5", "dice@0"})
    void shouldReadBackItsName(String name) {
        assertThat(Detector.parse(name).name()).isEqualTo(name);
    }

    @Test
    void shouldTellVersionsOfItsMaskApart() {
        assertThat(new Dice(90).version(0)).isEqualTo("dice@90#0");
        assertThat(new Dice(90).version(3)).isEqualTo("dice@90#3");
        assertThat(new Energy().version(0)).isEqualTo("energy#0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dice", "odin", "DICE@90"})
    void shouldRefuseUnknownNames(String name) {
        assertThatThrownBy(() -> Detector.parse(name))
                .hasMessage("a detector must be energy or dice@SPARSITY, but is '" + name + "'");
    }

    @Test
    void shouldRefuseASparsityThatIsNoNumber() {
        assertThatThrownBy(() -> Detector.parse("dice@ninety"))
                .hasMessage("the sparsity of dice must be a number as in dice@90, but the detector is 'dice@ninety'");
    }

    @Test
    void shouldScoreByTheEnergyOfTheOriginalHead() {
        LinearHead head = new LinearHead(2, 2, new float[] {1, 0, 0, 1}, new float[] {0, 1});
        IdStatistics unused = new IdStatistics(new FeatureMean(new double[2]));
        double score = new Energy().fit(head, unused).score(new float[] {3, 2});
        // logits 3 and 3
        assertThat(score).isEqualTo(3 + Math.log(2));
    }
}
