package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.dataset.Payload;
import io.oodmonitor.dataset.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CalibrationLabelsTest {

    private final CalibrationLabels labels = new CalibrationLabels(List.of("bolt", "nut"), Path.of("my-bundle"));

    private static Sample sample(Optional<String> label, OptionalInt index) {
        return new Sample("s/1", label, index, new Payload.Encoded(new byte[1]));
    }

    @Test
    void shouldTakeANameAsItIs() {
        assertThat(labels.of(sample(Optional.of("nut"), OptionalInt.of(0)))).isEqualTo("nut");
    }

    @Test
    void shouldNameTheClassOfAnIndex() {
        assertThat(labels.of(sample(Optional.empty(), OptionalInt.of(1)))).isEqualTo("nut");
    }

    @Test
    void shouldSayThatALabelIsMissing() {
        assertThatThrownBy(() -> labels.of(sample(Optional.empty(), OptionalInt.empty())))
                .isInstanceOf(CommandFailure.class).hasMessageContaining("s/1 has none");
    }

    @Test
    void shouldNameALabelThatIsNoClass() {
        assertThatThrownBy(() -> labels.of(sample(Optional.of("cat"), OptionalInt.empty()))).hasMessage(
                "The label 'cat' of s/1 is no class of the bundle my-bundle, which has 2: bolt, nut");
        assertThatThrownBy(() -> labels.of(sample(Optional.empty(), OptionalInt.of(2))))
                .hasMessageContaining("The label 2 ");
    }
}
