package io.oodmonitor.bundle;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.onnx.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bundles by someone who means harm, manifest and digests included: their graph names files outside of itself. */
class BundleExternalDataTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WEIGHT_BYTES = 1 << 10;

    @TempDir
    private Path models;
    private Path folder;

    @BeforeEach
    void writeABundle() throws IOException {
        folder = models.resolve("tiny");
        BundleWriter.write(TinyBundle.content(), folder);
        Files.write(models.resolve("outside.bin"), new byte[WEIGHT_BYTES]);
        Files.write(folder.resolve("inside.bin"), new byte[WEIGHT_BYTES]);
        Files.createSymbolicLink(folder.resolve("link.bin"), models.resolve("outside.bin"));
    }

    private static TensorProto.Builder external(TensorProto.Builder tensor, String location) {
        return tensor.clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(StringStringEntryProto.newBuilder().setKey("location").setValue(location));
    }

    private static TensorProto weight(String location) {
        return external(TensorProto.newBuilder().setName("weight").setDataType(1).addDims(WEIGHT_BYTES / 4), location)
                .build();
    }

    private static NodeProto constant(TensorProto value) {
        return NodeProto.newBuilder().setOpType("Constant").addOutput("unused").addAttribute(AttributeProto.newBuilder()
                .setName("value").setType(AttributeProto.AttributeType.TENSOR).setT(value)).build();
    }

    /** Changes the graph, and its digest in the manifest with it. */
    private void change(ModelProto whole, BiConsumer<ModelProto.Builder, String> change, String location)
            throws IOException {
        ModelProto.Builder model = whole.toBuilder();
        change.accept(model, location);
        ModelFile.write(model.build(), folder.resolve("model.onnx"));
        Path manifest = folder.resolve("bundle.json");
        ObjectNode json = (ObjectNode) JSON.readTree(manifest.toFile());
        ((ObjectNode) json.get("files")).put("model.onnx", BundleFiles.sha256(folder.resolve("model.onnx")));
        JSON.writeValue(manifest.toFile(), json);
    }

    private void assertRefused(String weight) {
        assertThatThrownBy(() -> Bundle.read(folder)).isInstanceOf(BundleException.class).hasMessage("bundle " + folder
                + " is refused: weight '" + weight + "' of " + folder.resolve("model.onnx")
                + " must lie in the model itself, but lies in another file");
    }

    @Test
    void shouldRefuseWeightsInOtherFilesWhereverTheyLie() throws IOException {
        ModelProto whole = ModelFile.read(folder.resolve("model.onnx"));
        for (String location : List.of(models.resolve("outside.bin").toString(), "../outside.bin", "link.bin",
                "inside.bin", "/dev/zero")) {
            change(whole, (model, to) -> external(model.getGraphBuilder().getInitializerBuilder(0), to), location);
            assertRefused(whole.getGraph().getInitializer(0).getName());
        }
    }

    static Stream<Arguments> hidingPlaces() {
        return Stream.of(
                place("a constant", (model, to) -> model.getGraphBuilder().addNode(constant(weight(to)))),
                place("a list of tensors", (model, to) -> model.getGraphBuilder().addNode(NodeProto.newBuilder()
                        .setOpType("Identity").addAttribute(AttributeProto.newBuilder().setName("many")
                                .setType(AttributeProto.AttributeType.TENSORS).addTensors(weight(to))))),
                place("a graph within the graph", (model, to) -> model.getGraphBuilder().addNode(NodeProto.newBuilder()
                        .setOpType("If").addAttribute(AttributeProto.newBuilder().setName("then_branch")
                                .setType(AttributeProto.AttributeType.GRAPH)
                                .setG(GraphProto.newBuilder().addNode(constant(weight(to))))))),
                place("a function", (model, to) -> model.addFunctions(FunctionProto.newBuilder().setName("f")
                        .setDomain("mine").addNode(constant(weight(to))))),
                place("a sparse weight", (model, to) -> model.getGraphBuilder().addSparseInitializer(
                        SparseTensorProto.newBuilder().setValues(weight(to)))));
    }

    private static Arguments place(String name, BiConsumer<ModelProto.Builder, String> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hidingPlaces")
    void shouldFindThemInEveryCornerOfTheModel(String name, BiConsumer<ModelProto.Builder, String> change)
            throws IOException {
        change(ModelFile.read(folder.resolve("model.onnx")), change, "inside.bin");
        assertRefused("weight");
    }
}
