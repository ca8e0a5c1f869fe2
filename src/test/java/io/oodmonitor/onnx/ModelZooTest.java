package io.oodmonitor.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
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

/** Networks of other makers, in a folder that -Dood.zoo=FOLDER names; models/export.py fills one. */
@EnabledIfSystemProperty(named = "ood.zoo", matches = ".+",
        disabledReason = "needs -Dood.zoo=FOLDER with ONNX classifiers")
class ModelZooTest {

    private static final int IMAGES = 3;

    static Stream<Path> models() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("ood.zoo", ".")))) {
            return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldKeepTheLogitsOfNetworksOfOtherMakers(Path file) throws Exception {
        ModelProto model = ModelFile.read(file);
        InputFormat format = format(model);
        LocatedHead head = HeadFinder.find(model.getGraph());
        byte[] pixels = new byte[IMAGES * format.height() * format.width() * 3];
        new Random(3).nextBytes(pixels);
        float[][] expected = OriginalLogits.of(model, head.logits(), format, pixels, IMAGES);
        double worst = 0;
        double worstInJava = 0;
        double greatest = 0;
        try (GraphRun run = new GraphRun(
                GraphPreparation.prepare(model, head, format, new Energy().fit(head.head(), null)))) {
            Map<String, Object> outputs = run.images(pixels, IMAGES, format.height(), format.width());
            float[][] features = (float[][]) outputs.get(PreparedGraph.FEATURES);
            float[][] logits = (float[][]) outputs.get(PreparedGraph.LOGITS);
            assertThat(logits).hasDimensions(IMAGES, head.head().classes());
            for (int i = 0; i < IMAGES; i++) {
                double[] inJava = HeadEnergy.logits(head.head(), features[i]);
                for (int c = 0; c < logits[i].length; c++) {
                    worst = Math.max(worst, Math.abs(logits[i][c] - expected[i][c]));
                    worstInJava = Math.max(worstInJava, Math.abs(inJava[c] - expected[i][c]));
                    greatest = Math.max(greatest, Math.abs(expected[i][c]));
                }
            }
        }
        System.out.printf("%-28s opset %2d  head %4d x %4d of '%s'  logits up to %.3g differ by %.2g, W h + b by %.2g%n",
                file.getFileName(), GraphPreparation.opset(model), head.head().classes(), head.head().features(),
                head.penultimate(), greatest, worst, worstInJava);
        assertThat(worst).isZero();
        assertThat(worstInJava).isLessThan(1e-5 * Math.max(1, greatest));
    }

    private static InputFormat format(ModelProto model) {
        long[] shape = Graph.shape(new Graph(model.getGraph()).inputs().get(0));
        boolean channelsFirst = shape[1] == 3;
        return new InputFormat((int) shape[channelsFirst ? 2 : 1], (int) shape[channelsFirst ? 3 : 2],
                Normalization.rgb(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)));
    }
}
