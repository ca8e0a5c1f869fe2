package io.oodmonitor.stream.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class StateSerdeTest {

    /** Score 12.5, correct; as the version wrote it that kept neither features nor masks. */
    private static final String OLD_SAMPLE = "c3010a6e2b8951fa1b520000484101";
    /** 70 samples, 60 published, version 4; of the same version. */
    private static final String OLD_STATE = "c3013ee6a897826570908c017808";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static <T> T again(Serde<T> serde, T value) {
        return serde.deserializer().deserialize("store", serde.serializer().serialize("store", value));
    }

    @Test
    void shouldReadWhatWasWrittenBeforeMasksMoved() {
        assertThat(StateSerde.calibrationSample().deserializer().deserialize("store", bytes(OLD_SAMPLE)))
                .isEqualTo(new CalibrationSample(12.5f, true, null, 0));
        assertThat(StateSerde.calibrationState().deserializer().deserialize("store", bytes(OLD_STATE)))
                .isEqualTo(new CalibrationState(70L, 60L, 4L, 0, null, 0L));
    }

    @Test
    void shouldReadBackFeaturesAndMasks() {
        float[] features = {0, -1.5f, Float.MIN_VALUE, Float.MAX_VALUE};
        CalibrationSample sample = new CalibrationSample(-3f, false, Features.bytes(features), 7);
        CalibrationSample read = again(StateSerde.calibrationSample(), sample);
        assertThat(read).isEqualTo(sample);
        assertThat(Features.of(read.getFeatures())).isEqualTo(features);
        assertThat(Features.bytes(new float[] {1})).isEqualTo(ByteBuffer.wrap(new byte[] {0, 0, (byte) 0x80, 0x3f}));
        CalibrationState state = new CalibrationState(70L, 60L, 4L, 2, List.of(0.1, 1e-300), 50L);
        assertThat(again(StateSerde.calibrationState(), state)).isEqualTo(state);
    }
}
