package io.oodmonitor.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.oodmonitor.onnx.TinyNetwork.HeadForm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadFinderTest {

    private static final String MUST_END = "the model must end in a linear head (Gemm, MatMul and Add, or Conv of 1x1"
            + " on pooled features, with constant weights), but ";

    private final GraphDraft draft = new GraphDraft(13);

    /** Features [N, 2] to begin with. */
    HeadFinderTest() {
        draft.graph.addInput(GraphNodes.value("features", DataType.FLOAT, "N", 2));
    }

    @Test
    void shouldTakeTheHeadThatWorksOnWhatAnotherOutputGives() {
        gemm("embedding", "features", 2);
        draft.node("Relu", "active", List.of("embedding"));
        gemm("logits", "active", 5);
        assertThat(HeadFinder.find(outputs("embedding", "logits")).logits()).isEqualTo("logits");
    }

    @Test
    void shouldTakeOneHeadForLogitsAndTheirSoftmax() {
        gemm("logits", "features", 5);
        draft.node("Softmax", "probabilities", List.of("logits"));
        LocatedHead head = HeadFinder.find(outputs("probabilities", "logits", "features"));
        assertThat(head.logits()).isEqualTo("logits");
        assertThat(head.penultimate()).isEqualTo("features");
    }

    @Test
    void shouldAskWhichOfSeveralHeads() {
        gemm("main", "features", 5);
        draft.node("Relu", "side", List.of("features"));
        gemm("aux", "side", 3);
        GraphProto graph = outputs("main", "aux");
        assertThatThrownBy(() -> HeadFinder.find(graph)).isInstanceOf(UnsupportedModelException.class)
                .hasMessage("the model must have one linear head, but has 2, with the logits 'main' of 5 classes and"
                        + " 'aux' of 3 classes: choose with --logits");
        assertThat(find(graph, "aux", null).head().classes()).isEqualTo(3);
        assertThat(find(graph, null, "side").logits()).isEqualTo("aux");
        assertThat(find(graph, "main", "features").logits()).isEqualTo("main");
    }

    @Test
    void shouldFindTheHeadOfNamedFeaturesWhateverFollowsIt() {
        draft.node("Identity", "same", List.of("features"));
        draft.node("MatMul", "product", List.of("same", draft.constant("w", new float[10], 2, 5)));
        draft.node("Add", "logits", List.of("product", draft.constant("b", new float[5], 5)));
        draft.node("Sigmoid", "gates", List.of("logits"));
        GraphProto graph = outputs("gates");
        LocatedHead head = find(graph, null, "features");
        assertThat(head.logits()).isEqualTo("logits");
        assertThat(head.bias()).isEqualTo("b");
        assertThatThrownBy(() -> find(graph, null, "gates")).isInstanceOf(UnsupportedModelException.class)
                .hasMessage("a linear head (Gemm, MatMul and Add, or Conv of 1x1 on pooled features, with constant"
                        + " weights) must work on the features 'gates', but none does");
    }

    @Test
    void shouldRefuseNamesThatDoNotFit() {
        gemm("hidden", "features", 2);
        draft.node("Relu", "active", List.of("hidden"));
        gemm("logits", "active", 5);
        GraphProto graph = outputs("logits");
        assertThatThrownBy(() -> find(graph, "logit", null)).isInstanceOf(UnsupportedModelException.class)
                .hasMessage("the model must have a tensor 'logit', but has none; its outputs are [logits]");
        assertThatThrownBy(() -> find(graph, "logits", "features")).isInstanceOf(UnsupportedModelException.class)
                .hasMessage("the head before 'logits' must work on the features 'features', but works on 'active'");
        assertThatThrownBy(() -> find(graph, "active", null)).isInstanceOf(UnsupportedModelException.class)
                .hasMessage("tensor 'active' must come from a linear head (Gemm, MatMul and Add, or Conv of 1x1 on"
                        + " pooled features, with constant weights), but comes from Relu 'Relu_active' after Gemm"
                        + " 'Gemm_hidden', where --logits hidden would name 2 logits");
    }

    @Test
    void shouldSayThatAWeightIsComputed() {
        draft.node("Mul", "normed", List.of("features", "features"));
        draft.node("MatMul", "product", List.of("features", "normed"));
        draft.node("Mul", "scaled", List.of("product", draft.constant("s", new float[] {16})));
        draft.node("Softmax", "probabilities", List.of("scaled"));
        assertThatThrownBy(() -> HeadFinder.find(outputs("probabilities")))
                .isInstanceOf(UnsupportedModelException.class).hasMessage(MUST_END + "output 'probabilities' comes from"
                        + " Softmax 'Softmax_probabilities' after Mul 'Mul_scaled' after MatMul 'MatMul_product', whose"
                        + " weight is computed by Mul 'Mul_normed'");
    }

    @Test
    void shouldSayThatSomethingBendsAConvolutionBeforeItIsAveraged() {
        // The end of a SqueezeNet.
        draft.graph.clearInput().addInput(GraphNodes.value("maps", DataType.FLOAT, "N", 2, 4, 4));
        draft.node("Conv", "conv", List.of("maps", draft.constant("w", new float[10], 5, 2, 1, 1)));
        draft.node("Relu", "relu", List.of("conv"));
        draft.node("GlobalAveragePool", "pooled", List.of("relu"));
        draft.node("Flatten", "logits", List.of("pooled"));
        assertThatThrownBy(() -> HeadFinder.find(outputs("logits"))).isInstanceOf(UnsupportedModelException.class)
                .hasMessage(MUST_END + "output 'logits' comes from Flatten 'Flatten_logits' after GlobalAveragePool"
                        + " 'GlobalAveragePool_pooled' after Relu 'Relu_relu' after Conv 'Conv_conv' at every"
                        + " position");
    }

    @Test
    void shouldNotTakeAConvolutionWithNeighboursForAHead() {
        draft.graph.clearInput().addInput(GraphNodes.value("maps", DataType.FLOAT, "N", 2, 4, 4));
        draft.node("Conv", "conv", List.of("maps", draft.constant("w", new float[90], 5, 2, 3, 3)));
        draft.node("GlobalAveragePool", "logits", List.of("conv"));
        assertThatThrownBy(() -> HeadFinder.find(outputs("logits"))).isInstanceOf(UnsupportedModelException.class)
                .hasMessage(MUST_END + "output 'logits' comes from GlobalAveragePool 'GlobalAveragePool_logits' after"
                        + " Conv 'Conv_conv', which is not 1x1");
    }

    @Test
    void shouldReadQuantisedWeightsWithAScalePerClass() {
        draft.bytes("stored", new int[] {1, 2, 3, 4, 5, 250}, 3, 2);
        draft.constant("steps", new float[] {1, 10, 100}, 3);
        draft.bytes("zeros", new int[] {0, 1, 250}, 3);
        draft.node("DequantizeLinear", "w", List.of("stored", "steps", "zeros"), GraphNodes.integer("axis", 0));
        draft.node("Gemm", "logits", List.of("features", "w"), GraphNodes.integer("transB", 1));
        assertThat(HeadFinder.find(outputs("logits")).head().weight())
                .containsExactly(1, 2, 20, 30, -24500, 0);
    }

    @Test
    void shouldTakeTheAverageOfFeaturesWhereTheGraphAveragesLogits() {
        ModelProto model = TinyNetwork.of(HeadForm.CONV_THEN_POOL, 13);
        LocatedHead head = HeadFinder.find(model.getGraph());
        assertThat(head.averaged()).isTrue();
        assertThat(head.penultimate()).isEqualTo("relu");
        assertThat(HeadFinder.find(TinyNetwork.of(HeadForm.CONV_FLATTEN, 13).getGraph()).averaged()).isFalse();
    }

    private void gemm(String output, String features, int classes) {
        draft.node("Gemm", output, List.of(features, draft.constant(output + "_w", new float[2 * classes], 2, classes),
                draft.constant(output + "_b", new float[classes], classes)));
    }

    private GraphProto outputs(String... names) {
        for (String name : names) {
            draft.graph.addOutput(GraphNodes.value(name, DataType.FLOAT, "N", "C"));
        }
        return draft.graph.build();
    }

    private static LocatedHead find(GraphProto graph, String logits, String features) {
        return HeadFinder.find(graph, Optional.ofNullable(logits), Optional.ofNullable(features));
    }
}
