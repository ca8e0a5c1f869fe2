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
        Path file = writeWithExternalData("weights.bin", 5);
        assertThat(ModelFile.read(file)).isEqualTo(MODEL);
    }

    @Test
    void shouldRefuseWeightsThatAreNotBesideTheModel() throws IOException {
        Path outside = writeWithExternalData("../weights.bin", 0);
        assertThatThrownBy(() -> ModelFile.read(outside)).isInstanceOf(UnsupportedModelException.class)
                .hasMessage("weight 'conv' of " + outside
                        + " lies in '../weights.bin', which is not a file beside the model");
        Path cut = writeWithExternalData("weights.bin", 0);
        Files.write(folder.resolve("model/weights.bin"), new byte[3]);
        assertThatThrownBy(() -> ModelFile.read(cut)).isInstanceOf(UnsupportedModelException.class).hasMessage(
                "weight 'conv' of " + cut + " ends after " + folder.resolve("model/weights.bin")
                        + ", which holds 3 bytes");
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

    /** Every weight in one file, the first of them after so many other bytes. */
    private Path writeWithExternalData(String location, int offset) throws IOException {
        ModelProto.Builder model = MODEL.toBuilder();
        ByteArrayOutputStream weights = new ByteArrayOutputStream();
        weights.writeBytes(new byte[offset]);
        for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
            tensor.addExternalDataBuilder().setKey("location").setValue(location);
            tensor.addExternalDataBuilder().setKey("offset").setValue(Integer.toString(weights.size()));
            tensor.addExternalDataBuilder().setKey("length").setValue(Integer.toString(tensor.getRawData().size()));
            tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL);
            weights.writeBytes(tensor.getRawData().toByteArray());
            tensor.clearRawData();
        }
        Path file = Files.createDirectories(folder.resolve("model")).resolve("model.onnx");
        Files.write(file.resolveSibling(location), weights.toByteArray());
        ModelFile.write(model.build(), file);
        return file;
    }
}
