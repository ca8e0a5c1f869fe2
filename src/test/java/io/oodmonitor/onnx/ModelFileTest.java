package io.oodmonitor.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.oodmonitor.onnx.TinyNetwork.HeadForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {

    private static final ModelProto MODEL = TinyNetwork.of(HeadForm.GEMM_PLAIN, 13);

    @TempDir
    private Path folder;

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        ModelFile.write(MODEL, folder.resolve("model.onnx"));
        assertThat(ModelFile.read(folder.resolve("model.onnx"))).isEqualTo(MODEL);
    }

    @Test
    void shouldTakeInWeightsThatLieBesideTheModel() throws IOException {
        assertThat(ModelFile.read(writeWithExternalData(MODEL, tensor -> "weights.bin", 5))).isEqualTo(MODEL);
    }

    @Test
    void shouldTakeInWeightsOfSeveralFiles() throws IOException {
        Files.createDirectories(folder.resolve("model/parts"));
        assertThat(ModelFile.read(writeWithExternalData(MODEL, tensor -> "parts/" + tensor, 7))).isEqualTo(MODEL);
    }

    @Test
    void shouldTakeInWeightsOfConstantNodes() throws IOException {
        ModelProto model = TinyNetwork.of(HeadForm.CONSTANT_NODES, 13);
        Path file = writeWithExternalData(model, tensor -> "weights.bin", 0);
        assertThat(ModelFile.read(file)).isEqualTo(model);
    }

    @Test
    void shouldTakeAWholeFileWhereNoLengthIsGiven() throws IOException {
        ModelProto.Builder model = MODEL.toBuilder();
        TensorProto.Builder first = model.getGraphBuilder().getInitializerBuilder(0);
        first.setDataLocation(TensorProto.DataLocation.EXTERNAL).addExternalDataBuilder().setKey("location")
                .setValue("one.bin");
        Files.write(folder.resolve("one.bin"), first.getRawData().toByteArray());
        first.clearRawData();
        ModelFile.write(model.build(), folder.resolve("model.onnx"));
        assertThat(ModelFile.read(folder.resolve("model.onnx"))).isEqualTo(MODEL);
    }

    @Test
    void shouldRefuseWeightsThatAreNotBesideTheModel() throws IOException {
        for (String location : List.of("../weights.bin", folder.resolve("weights.bin").toString())) {
            Path outside = writeWithExternalData(MODEL, tensor -> location, 0);
            assertThat(folder.resolve("weights.bin")).exists();
            assertThatThrownBy(() -> ModelFile.read(outside)).isInstanceOf(UnsupportedModelException.class)
                    .hasMessage("weight 'conv' of " + outside + " lies in '" + location
                            + "', which is not a file beside the model");
        }
    }

    @Test
    void shouldRefuseLinksOutOfTheFolder() throws IOException {
        Path file = writeWithExternalData(MODEL, tensor -> "weights.bin", 0);
        Path inside = folder.resolve("model/weights.bin");
        Path moved = Files.move(inside, folder.resolve("elsewhere.bin"));
        Files.createSymbolicLink(inside, moved);
        assertThatThrownBy(() -> ModelFile.read(file)).isInstanceOf(UnsupportedModelException.class).hasMessage(
                "weight 'conv' of " + file + " lies in 'weights.bin', which is not a file beside the model");
        Files.delete(inside);
        Files.createSymbolicLink(inside, Files.move(moved, folder.resolve("model/other.bin")));
        assertThat(ModelFile.read(file)).isEqualTo(MODEL);
    }

    @Test
    void shouldRefuseWeightsThatEndTooSoon() throws IOException {
        Path cut = writeWithExternalData(MODEL, tensor -> "weights.bin", 0);
        Files.write(folder.resolve("model/weights.bin"), new byte[3]);
        assertThatThrownBy(() -> ModelFile.read(cut)).isInstanceOf(UnsupportedModelException.class).hasMessage(
                "weight 'conv' of " + cut + " ends after " + folder.resolve("model/weights.bin")
                        + ", which holds 3 bytes");
    }

    @Test
    void shouldRefuseOffsetsThatAreNone() throws IOException {
        for (String offset : List.of("-1", "x", "99999999999999999999")) {
            ModelProto.Builder model = MODEL.toBuilder();
            TensorProto.Builder first = model.getGraphBuilder().getInitializerBuilder(0)
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL);
            first.addExternalDataBuilder().setKey("location").setValue("one.bin");
            first.addExternalDataBuilder().setKey("offset").setValue(offset);
            Path file = folder.resolve("model.onnx");
            Files.write(folder.resolve("one.bin"), new byte[100]);
            ModelFile.write(model.build(), file);
            assertThatThrownBy(() -> ModelFile.read(file)).isInstanceOf(UnsupportedModelException.class).hasMessage(
                    "weight 'conv' of " + file + " has the offset '" + offset + "', which is no number of bytes");
        }
    }

    @Test
    void shouldRefuseFilesThatAreNoModels() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "this is no model");
        assertThatThrownBy(() -> ModelFile.read(text)).isInstanceOf(UnsupportedModelException.class)
                .hasMessageStartingWith(text + " is not an ONNX model: ");
        Path empty = Files.createFile(folder.resolve("empty.onnx"));
        assertThatThrownBy(() -> ModelFile.read(empty)).isInstanceOf(UnsupportedModelException.class)
                .hasMessage(empty + " is not an ONNX model: it holds no graph");
    }

    /** Every weight in the file of its name, the first of each file after so many other bytes. */
    private Path writeWithExternalData(ModelProto original, UnaryOperator<String> location, int offset)
            throws IOException {
        ModelProto.Builder model = original.toBuilder();
        List<TensorProto.Builder> tensors = new ArrayList<>(model.getGraphBuilder().getInitializerBuilderList());
        model.getGraphBuilder().getNodeBuilderList().forEach(node -> node.getAttributeBuilderList().stream()
                .filter(attribute -> attribute.hasT()).forEach(attribute -> tensors.add(attribute.getTBuilder())));
        Map<String, ByteArrayOutputStream> files = new HashMap<>();
        for (TensorProto.Builder tensor : tensors) {
            ByteArrayOutputStream weights = files.computeIfAbsent(location.apply(tensor.getName()), name -> {
                ByteArrayOutputStream begun = new ByteArrayOutputStream();
                begun.writeBytes(new byte[offset]);
                return begun;
            });
            tensor.addExternalDataBuilder().setKey("location").setValue(location.apply(tensor.getName()));
            tensor.addExternalDataBuilder().setKey("offset").setValue(Integer.toString(weights.size()));
            tensor.addExternalDataBuilder().setKey("length").setValue(Integer.toString(tensor.getRawData().size()));
            tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL);
            weights.writeBytes(tensor.getRawData().toByteArray());
            tensor.clearRawData();
        }
        Path file = Files.createDirectories(folder.resolve("model")).resolve("model.onnx");
        for (Map.Entry<String, ByteArrayOutputStream> weights : files.entrySet()) {
            Files.write(file.resolveSibling(weights.getKey()), weights.getValue().toByteArray());
        }
        ModelFile.write(model.build(), file);
        return file;
    }
}
