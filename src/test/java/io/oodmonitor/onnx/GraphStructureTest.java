package io.oodmonitor.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.oodmonitor.onnx.TinyNetwork.HeadForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Graphs by someone who means harm: one sentence each, and in no time. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GraphStructureTest {

    @TempDir
    private Path folder;

    private final GraphDraft draft = new GraphDraft(13);

    private static GraphDraft withInput(GraphDraft draft) {
        draft.graph.addInput(GraphNodes.value("x", TensorProto.DataType.FLOAT, "N", 3, 4, 4));
        return draft;
    }

    private void assertNoModel(GraphDraft graph, String message) throws IOException {
        Path file = folder.resolve("model.onnx");
        ModelFile.write(graph.model(), file);
        assertThatThrownBy(() -> ModelFile.read(file)).isInstanceOf(UnsupportedModelException.class)
                .hasMessage(file + " is not an ONNX model: its node " + message);
    }

    @Test
    void shouldRefuseNodesThatGoRoundInACircle() throws IOException {
        withInput(draft).node("Identity", "a", List.of("b"));
        draft.node("Identity", "b", List.of("a"));
        assertNoModel(draft, "Identity 'Identity_a' reads 'b', which nothing before it makes");
    }

    @Test
    void shouldRefuseATensorThatIsMadeTwice() throws IOException {
        withInput(draft).node("Relu", "a", List.of("x"));
        draft.node("Relu", "b", List.of("a"));
        draft.graph.addNode(draft.graph.getNode(0).toBuilder().setName("again").setInput(0, "b"));
        assertNoModel(draft, "Relu 'again' makes 'a', which is there already");
    }

    @Test
    void shouldRefuseAnOperatorWithoutItsInputs() {
        ModelProto.Builder model = TinyNetwork.of(HeadForm.GEMM_PLAIN, 13).toBuilder();
        model.getGraphBuilder().getNodeBuilderList().stream().filter(node -> node.getOpType().equals("Gemm"))
                .forEach(NodeProto.Builder::clearInput);
        assertThatThrownBy(() -> HeadFinder.find(model.getGraph())).isInstanceOf(UnsupportedModelException.class)
                .hasMessageStartingWith("the graph contradicts itself: ");
    }

    @Test
    void shouldTakeNoMemoryForAWeightThatIsNotThere() {
        for (long[] dims : List.of(new long[] {1 << 30, 1 << 30}, new long[] {-3, -6}, new long[] {1 << 15, 1 << 15})) {
            ModelProto.Builder model = TinyNetwork.of(HeadForm.GEMM_PLAIN, 13).toBuilder();
            for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
                tensor.clearDims().addDims(dims[0]).addDims(dims[1]).setRawData(ByteString.copyFrom(new byte[8]));
            }
            assertThatThrownBy(() -> HeadFinder.find(model.getGraph())).isInstanceOf(UnsupportedModelException.class)
                    .hasMessageContaining(" values, but ");
        }
    }

    @Test
    void shouldFollowASumOfASumOfASumOnce() {
        withInput(draft).node("GlobalAveragePool", "s0", List.of("x"));
        for (int i = 1; i <= 60; i++) {
            draft.node("Add", "s" + i, List.of("s" + (i - 1), "s" + (i - 1)));
        }
        draft.constant("kernel", new float[9], 3, 3, 1, 1);
        draft.node("Conv", "out", List.of("s60", "kernel"));
        draft.graph.addOutput(GraphNodes.value("out", TensorProto.DataType.FLOAT, "N", 3));
        HeadFinder.find(draft.graph.build());
    }

    @Test
    void shouldRefuseMoreNodesInARowThanItsStackHolds() {
        withInput(draft).node("Identity", "i0", List.of("x"));
        for (int i = 1; i <= 200_000; i++) {
            draft.node("Identity", "i" + i, List.of("i" + (i - 1)));
        }
        draft.graph.addOutput(GraphNodes.value("i200000", TensorProto.DataType.FLOAT, "N", 3));
        assertThatThrownBy(() -> HeadFinder.find(draft.graph.build())).isInstanceOf(UnsupportedModelException.class);
    }
}
