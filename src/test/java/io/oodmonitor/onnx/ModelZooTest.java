package io.oodmonitor.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.detector.Energy;
import io.oodmonitor.detector.HeadEnergy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks of other makers, in a folder that -Dood.zoo=FOLDER names; models/export.py --sample fills one. */
@EnabledIfSystemProperty(named = "ood.zoo", matches = ".+",
        disabledReason = "needs -Dood.zoo=FOLDER with ONNX classifiers")
class ModelZooTest {

    private static final Normalization IMAGENET =
            Normalization.rgb(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

    /** What models/export.py writes beside a model: PyTorch's own logits. */
    record Sample(List<Double> mean, List<Double> std, float[][] logits) {
    }

    static Stream<Path> models() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("ood.zoo", ".")))) {
            return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldKeepTheLogitsOfNetworksOfOtherMakers(Path file) throws Exception {
        ModelProto model = ModelFile.read(file);
        Path json = file.resolveSibling(file.getFileName() + ".sample.json");
        Sample sample = Files.exists(json) ? new ObjectMapper().readValue(json.toFile(), Sample.class) : null;
        InputFormat format = format(model,
                sample == null ? IMAGENET : Normalization.rgb(sample.mean(), sample.std()));
        int images = sample == null ? 3 : sample.logits().length;
        byte[] pixels = new byte[images * format.height() * format.width() * 3];
        new Random(3).nextBytes(pixels);
        if (sample != null) {
            byte[] written = Files.readAllBytes(file.resolveSibling(file.getFileName() + ".sample.rgb"));
            assertThat(written).hasSize(pixels.length);
            pixels = written;
        }
        LocatedHead head = HeadFinder.find(model.getGraph());
        float[][] expected = OriginalLogits.of(model, head.logits(), format, pixels, images);
        try (GraphRun run = new GraphRun(
                GraphPreparation.prepare(model, head, format, new Energy().fit(head.head(), null)))) {
            Map<String, Object> outputs = run.images(pixels, images, format.height(), format.width());
            float[][] features = (float[][]) outputs.get(PreparedGraph.FEATURES);
            float[][] logits = (float[][]) outputs.get(PreparedGraph.LOGITS);
            assertThat(logits).hasDimensions(images, head.head().classes());
            double greatest = 0;
            double worstInJava = 0;
            for (int i = 0; i < images; i++) {
                double[] inJava = HeadEnergy.logits(head.head(), features[i]);
                for (int c = 0; c < logits[i].length; c++) {
                    worstInJava = Math.max(worstInJava, Math.abs(inJava[c] - expected[i][c]));
                    greatest = Math.max(greatest, Math.abs(expected[i][c]));
                }
            }
            double worst = difference(logits, expected);
            double worstToTorch = sample == null ? 0 : difference(logits, sample.logits());
            System.out.printf("%-26s opset %2d  head %4d x %4d of '%s'  logits up to %.3g: the graph's differ by %.2g,"
                    + " W h + b by %.2g, PyTorch's by %s%n", file.getFileName(), GraphPreparation.opset(model),
                    head.head().classes(), head.head().features(), head.penultimate(), greatest, worst, worstInJava,
                    sample == null ? "?" : String.format("%.2g", worstToTorch));
            // Kernels round otherwise for other numbers of images.
            NetworkInput input = NetworkInput.of(model.getGraph(), format);
            assertThat(worst).isLessThanOrEqualTo(input.batch() < 0 ? 0 : 1e-5 * Math.max(1, greatest));
            // ONNX Runtime sums float16 in float16.
            assertThat(worstInJava)
                    .isLessThan((input.type() == DataType.FLOAT ? 1e-5 : 1e-2) * Math.max(1, greatest));
            assertThat(worstToTorch).isLessThan(1e-4 * Math.max(1, greatest));
        }
    }

    private static double difference(float[][] one, float[][] other) {
        double worst = 0;
        for (int i = 0; i < one.length; i++) {
            assertThat(one[i]).hasSameSizeAs(other[i]);
            for (int c = 0; c < one[i].length; c++) {
                worst = Math.max(worst, Math.abs(one[i][c] - other[i][c]));
            }
        }
        return worst;
    }

    private static InputFormat format(ModelProto model, Normalization normalization) {
        long[] shape = Graph.shape(new Graph(model.getGraph()).inputs().get(0));
        boolean channelsFirst = shape[1] == 3;
        long height = shape[channelsFirst ? 2 : 1];
        long width = shape[channelsFirst ? 3 : 2];
        return new InputFormat(height < 0 ? 224 : (int) height, width < 0 ? 224 : (int) width, normalization);
    }
}
