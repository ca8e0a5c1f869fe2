package io.oodmonitor.scoring.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.scoring.device.Device.Kind;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

    @ParameterizedTest
    @ValueSource(strings = {"auto", "cpu", "cuda", "cuda:0", "cuda:15", "tensorrt", "tensorrt:2"})
    void shouldReadWhatItWrites(String text) {
        assertThat(Device.parse(text)).hasToString(text);
    }

    @Test
    void shouldTellKindAndNumber() {
        assertThat(Device.parse("cuda")).isEqualTo(new Device(Kind.CUDA, OptionalInt.empty()));
        assertThat(Device.parse("tensorrt:3")).isEqualTo(new Device(Kind.TENSORRT, OptionalInt.of(3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "CUDA", "cuda:", "cuda:-1", "cuda:x", "cuda:0,1", "cuda:9999", "cpu:0"})
    void shouldRefuseAnythingElseInOneSentence(String text) {
        assertThatThrownBy(() -> Device.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the device must be auto, cpu, cuda, cuda:N, tensorrt or tensorrt:N, with a GPU's number N "
                        + "from 0, but is " + text);
    }
}
