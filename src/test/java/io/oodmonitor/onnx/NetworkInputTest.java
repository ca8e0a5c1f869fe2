package io.oodmonitor.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkInputTest {

    private static final InputFormat FORMAT = new InputFormat(28, 36,
            Normalization.rgb(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5)));

    private final GraphDraft draft = new GraphDraft(13);

    @Test
    void shouldTellTheLayoutByTheChannels() {
        assertThat(input(DataType.FLOAT, "N", 3, 28, 36))
                .isEqualTo(new NetworkInput("image", DataType.FLOAT, -1, true));
        assertThat(input(DataType.FLOAT16, 8, "H", "W", 3))
                .isEqualTo(new NetworkInput("image", DataType.FLOAT16, 8, false));
        assertThat(input(DataType.FLOAT, "N", 3, "H", "W").channelsFirst()).isTrue();
    }

    @Test
    void shouldTellTheLayoutOfAnOpenShapeByWhatIsDoneFirst() {
        assertThat(input(DataType.FLOAT, "N", "A", "B", "C").channelsFirst()).isTrue();
        draft.node("Transpose", "turned", List.of("image"), GraphNodes.integers("perm", 0, 3, 1, 2));
        assertThat(input(DataType.FLOAT, "N", "A", "B", "C").channelsFirst()).isFalse();
    }

    @Test
    void shouldRefuseOtherNumbersOfChannels() {
        assertThatThrownBy(() -> input(DataType.FLOAT, "N", 1, 28, 36)).isInstanceOf(UnsupportedModelException.class)
                .hasMessage("input 'image' must take RGB images of 28x36 as [N, 3, height, width] or"
                        + " [N, height, width, 3], but is [any, 1, 28, 36]: it takes 1 channel, so export it behind a"
                        + " layer that takes 3");
        assertThatThrownBy(() -> input(DataType.FLOAT, "N", 28, 36, 4)).isInstanceOf(UnsupportedModelException.class)
                .hasMessageEndingWith("but is [any, 28, 36, 4]: it takes 4 channels, so export it behind a layer that"
                        + " takes 3");
    }

    @Test
    void shouldRefuseAConvolutionOverOtherChannelsBehindAnOpenShape() {
        draft.node("Conv", "conv", List.of("image", draft.constant("kernel", new float[9], 1, 1, 3, 3)));
        assertThatThrownBy(() -> input(DataType.FLOAT, "N", "A", "B", "C"))
                .isInstanceOf(UnsupportedModelException.class).hasMessage("input 'image' must take RGB images, but its"
                        + " first convolution takes 1 channel, so export it behind a layer that takes 3");
    }

    @Test
    void shouldRefuseOtherSizesAndTypes() {
        assertThatThrownBy(() -> input(DataType.FLOAT, 1, 32, 32, 3)).isInstanceOf(UnsupportedModelException.class)
                .hasMessageEndingWith("but is [1, 32, 32, 3]: images must come at 32x32");
        assertThatThrownBy(() -> input(DataType.FLOAT, "N", 3072)).isInstanceOf(UnsupportedModelException.class)
                .hasMessageEndingWith("but is [any, 3072]");
        assertThatThrownBy(() -> input(DataType.UINT8, "N", 28, 36, 3)).isInstanceOf(UnsupportedModelException.class)
                .hasMessage("input 'image' must be float or float16, but is UINT8");
    }

    private NetworkInput input(DataType type, Object... axes) {
        draft.graph.clearInput().addInput(GraphNodes.value("image", type, axes));
        return NetworkInput.of(draft.graph.build(), FORMAT);
    }
}
