package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.harness.Alone;
import io.oodmonitor.onnx.ModelFile;
import io.oodmonitor.render.WriteFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo, whole, as long as one episode takes. */
@Alone
@Timeout(180)
class DemoIT {

    @TempDir
    private Path folder;

    @Test
    void shouldAccountForEveryImageAndRaiseAndClearTheAlertOfEveryEpisode() throws Exception {
        check(CommandRun.of("demo", "--duration", "20s", "--report", folder.resolve("demo.json").toString()));
    }

    /** The same network as others might export it: the head a 1x1 convolution, a softmax behind it; other detectors. */
    @ParameterizedTest
    @ValueSource(strings = {"energy", "knn@20"})
    void shouldRunOnABundleOfOnesOwn(String detector) throws Exception {
        Path images = folder.resolve("images");
        WriteFolders.main(new String[] {images.toString(), "fit", "60"});
        Path network = folder.resolve("parts.onnx");
        ModelFile.write(withConvolutionalHead(ModelFile.read(Path.of("models/parts-recipe/classifier.onnx"))), network);
        Path bundle = folder.resolve("mine");
        CommandRun fit = CommandRun.of("fit", "--model", network.toString(), "--images", images.toString(), "--preset",
                "parts", "--classes", "models/parts-recipe/classes.txt", "--detector", detector, "--holdout", "0.5",
                "--out", bundle.toString());
        assertThat(fit.code()).as(fit.err()).isZero();
        check(CommandRun.of("demo", "--bundle", bundle.toString(), "--duration", "20s", "--report",
                folder.resolve("demo.json").toString()));
    }

    /** Replaces the Gemm over pooled features by a 1x1 Conv over [N, d, 1, 1], flattened, and a Softmax. */
    private static ModelProto withConvolutionalHead(ModelProto model) {
        ModelProto.Builder own = model.toBuilder();
        GraphProto.Builder graph = own.getGraphBuilder();
        int last = graph.getNodeCount() - 1;
        NodeProto gemm = graph.getNode(last);
        assertThat(gemm.getOpType()).isEqualTo("Gemm");
        graph.removeNode(last);
        TensorProto weight = graph.getInitializerList().stream()
                .filter(tensor -> tensor.getName().equals(gemm.getInput(1))).findFirst().orElseThrow();
        graph.addInitializer(weight.toBuilder().setName("kernel").addDims(1).addDims(1));
        graph.addInitializer(TensorProto.newBuilder().setName("axes").setDataType(DataType.INT64.getNumber())
                .addDims(2).addInt64Data(2).addInt64Data(3));
        graph.addNode(node("Unsqueeze", "maps", gemm.getInput(0), "axes"));
        graph.addNode(node("Conv", "convolved", "maps", "kernel", gemm.getInput(2)));
        graph.addNode(node("Flatten", "flat", "convolved"));
        graph.addNode(node("Softmax", gemm.getOutput(0), "flat"));
        return own.build();
    }

    private static NodeProto node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder().setOpType(operator).addAllInput(List.of(inputs)).addOutput(output).build();
    }

    private void check(CommandRun demo) throws IOException {
        Path report = folder.resolve("demo.json");
        assertThat(demo.code()).as(demo.err()).isZero();

        JsonNode figures = new ObjectMapper().readTree(report.toFile());
        assertThat(figures.path("sent").asLong()).isGreaterThan(1_000);
        assertThat(figures.path("verdicts").asLong() + figures.path("deadLetters").asLong())
                .isEqualTo(figures.path("sent").asLong());
        assertThat(figures.path("lost").asLong()).isZero();
        assertThat(figures.path("duplicated").asLong()).isZero();
        assertThat(figures.path("deadLetters").asLong()).isPositive();
        assertThat(figures.path("idFlagged").asLong()).isBetween(
                figures.path("idFlaggedInterval99").path("low").asLong(),
                figures.path("idFlaggedInterval99").path("high").asLong());
        assertThat(figures.path("episodes")).hasSize(1).allMatch(episode ->
                episode.path("raised").asBoolean() && episode.path("cleared").asBoolean());
        assertThat(figures.path("alertsRaised").asLong()).isEqualTo(1);
        assertThat(figures.path("alertsCleared").asLong()).isEqualTo(1);
        assertThat(demo.out()).contains("Summary of 20 s", "0 lost, 0 doubled (ok)", "raised and cleared");
    }
}
