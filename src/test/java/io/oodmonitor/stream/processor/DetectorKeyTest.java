package io.oodmonitor.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorKeyTest {

    private static final DetectorKey FIXED = new DetectorKey("parts", "1.2", "dice@90+react@90#0");
    private static final DetectorKey MOVING = new DetectorKey("parts", "1.2", "dice@90+react@90");

    @Test
    void shouldReadBackItsText() {
        assertThat(FIXED.text()).isEqualTo("parts/1.2/dice@90+react@90#0");
        assertThat(DetectorKey.parse(FIXED.text())).isEqualTo(FIXED);
        assertThat(DetectorKey.parse(MOVING.text())).isEqualTo(MOVING);
    }

    @Test
    void shouldNameTheMaskWhereItIsFixedAndLeaveItToEachScoreWhereItMoves() {
        assertThat(FIXED.hasMovingMask()).isFalse();
        assertThat(FIXED.withMovingMask()).isEqualTo(MOVING);
        assertThat(FIXED.withFittedMask()).isEqualTo(FIXED);
        assertThat(FIXED.detectorVersion(0)).isEqualTo("dice@90+react@90#0");
        assertThat(MOVING.hasMovingMask()).isTrue();
        assertThat(MOVING.withMovingMask()).isEqualTo(MOVING);
        assertThat(MOVING.withFittedMask()).isEqualTo(FIXED);
        assertThat(MOVING.detectorVersion(12)).isEqualTo("dice@90+react@90#12");
        assertThat(DetectorKey.mask("dice@90+react@90#12")).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "energy", "dice@90#", "dice@90#-1", "dice@90#x", "dice@90#99999999999"})
    void shouldRefuseADetectorVersionWithoutAMask(String text) {
        assertThatThrownBy(() -> DetectorKey.mask(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a detector version must end in the version of its mask, as dice@90#0 does, but is '" + text
                        + "'");
    }
}
