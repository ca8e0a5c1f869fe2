package io.oodmonitor.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.oodmonitor.SharedData;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.Dice;
import io.oodmonitor.detector.Energy;
import io.oodmonitor.detector.HeadEnergy;
import io.oodmonitor.detector.Scorer;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.detector.statistics.IdStatistics;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published networks prepared and run, against figures that others computed; all with -Dood.golden.images=10000. */
class GoldenScoresTest {

    private static final int IMAGES = Integer.getInteger("ood.golden.images", 500);
    private static final int BATCH = 50;
    private static final double TOLERANCE = 1e-3;
    private static final InputFormat CIFAR = new InputFormat(32, 32,
            Normalization.rgb(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010)));
    private static final InputFormat MOBILENET =
            new InputFormat(224, 224, Normalization.rgb(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5)));

    @ParameterizedTest
    @CsvSource({"dice@90, 7", "dice@70, 6", "energy, 5"})
    void shouldScoreCifarImagesAsPublished(String detector, int column) throws Exception {
        ModelProto model = ModelFile.read(SharedData.require("models/densenet-cifar10.onnx"));
        FeatureMean mean = FeatureMean.read(SharedData.require("models/densenet-cifar10-feature-mean.npy"));
        List<String> golden = Files.readAllLines(SharedData.require("golden/densenet-cifar10.test_batch.csv"));
        assertThat(golden.get(0).split(",")[column].replace("-p", "@")).isEqualTo(detector);
        LocatedHead head = HeadFinder.find(model.getGraph());
        Scorer scorer = Detector.parse(detector).fit(head.head(), IdStatistics.of(mean));
        HeadEnergy reference = detector.equals("energy") ? new HeadEnergy(head.head())
                : HeadEnergy.of((Dice) Detector.parse(detector), head.head(), mean);

        double worst = 0;
        double worstConfidence = 0;
        double worstInJava = 0;
        try (GraphRun run = new GraphRun(GraphPreparation.prepare(model, head, CIFAR, scorer));
                FileChannel images = FileChannel.open(SharedData.require("data/cifar10/test_batch.bin"))) {
            for (int first = 0; first < IMAGES; first += BATCH) {
                Map<String, Object> outputs = run.images(cifarPixels(images, first, BATCH), BATCH, 32, 32);
                float[] scores = (float[]) outputs.get(PreparedGraph.SCORE);
                float[][] features = (float[][]) outputs.get(PreparedGraph.FEATURES);
                float[] confidences = (float[]) outputs.get(PreparedGraph.CONFIDENCE);
                long[] classes = (long[]) outputs.get(PreparedGraph.CLASS);
                for (int i = 0; i < BATCH; i++) {
                    String[] row = golden.get(1 + first + i).split(",");
                    assertThat(classes[i]).as("class of image %d", first + i).isEqualTo(Long.parseLong(row[2]));
                    double expected = Double.parseDouble(row[column]);
                    worst = Math.max(worst, Math.abs(scores[i] - expected));
                    worstInJava = Math.max(worstInJava, Math.abs(reference.score(features[i]) - expected));
                    worstConfidence = Math.max(worstConfidence, Math.abs(confidences[i] - Double.parseDouble(row[3])));
                }
            }
        }
        System.out.printf(
                "%s, %d images: greatest difference from golden %.2e in the graph, %.2e in Java, %.2e in confidence%n",
                detector, IMAGES, worst, worstInJava, worstConfidence);
        assertThat(worst).isLessThan(TOLERANCE);
        assertThat(worstInJava).isLessThan(TOLERANCE);
        assertThat(worstConfidence).isLessThan(1e-4);
    }

    @Test
    void shouldScoreTexturesAsPublished() throws Exception {
        ModelProto model = ModelFile.read(SharedData.require("models/densenet-cifar10.onnx"));
        FeatureMean mean = FeatureMean.read(SharedData.require("models/densenet-cifar10-feature-mean.npy"));
        byte[] pixels = Files.readAllBytes(SharedData.require("golden/textures.32x32.rgb"));
        List<String> golden = Files.readAllLines(SharedData.require("golden/densenet-cifar10.textures.csv"));
        LocatedHead head = HeadFinder.find(model.getGraph());
        Scorer dice = new Dice(90).fit(head.head(), IdStatistics.of(mean));
        int column = List.of(golden.get(0).split(",")).indexOf("dice-p90");
        try (GraphRun run = new GraphRun(GraphPreparation.prepare(model, head, CIFAR, dice))) {
            float[] scores = (float[]) run.images(pixels, 150, 32, 32).get(PreparedGraph.SCORE);
            for (int i = 0; i < scores.length; i++) {
                assertThat((double) scores[i])
                        .isCloseTo(Double.parseDouble(golden.get(1 + i).split(",")[column]), within(TOLERANCE));
            }
        }
    }

    @Test
    void shouldFindTheHeadOfMobileNetAndItsEnergies() throws Exception {
        ModelProto model = ModelFile.read(SharedData.require("models/mobilenetv2-imagenet.onnx"));
        byte[] pixels = Files.readAllBytes(SharedData.require("golden/imagenet-sample.first10.224x224.rgb"));
        List<String> golden = Files.readAllLines(SharedData.require("golden/mobilenetv2-imagenet.sample.csv"));
        LocatedHead head = HeadFinder.find(model.getGraph());
        assertThat(head.penultimate()).isEqualTo("features");
        assertThat(head.weight()).isEqualTo("classifier.weight");
        assertThat(head.head().classes()).isEqualTo(1001);
        assertThat(head.head().features()).isEqualTo(1280);

        try (GraphRun run = new GraphRun(
                GraphPreparation.prepare(model, head, MOBILENET, new Energy().fit(head.head(), null)))) {
            Map<String, Object> outputs = run.images(pixels, 10, 224, 224);
            for (int i = 0; i < 10; i++) {
                String[] row = golden.get(1 + i).split(",");
                assertThat(((long[]) outputs.get(PreparedGraph.CLASS))[i]).isEqualTo(Long.parseLong(row[2]));
                assertThat((double) ((float[]) outputs.get(PreparedGraph.SCORE))[i])
                        .isCloseTo(Double.parseDouble(row[3]), within(TOLERANCE));
            }
        }
    }

    @Test
    void shouldKeepTheOriginalLogits() throws Exception {
        ModelProto model = ModelFile.read(SharedData.require("models/densenet-cifar10.onnx"));
        LocatedHead head = HeadFinder.find(model.getGraph());
        byte[] pixels;
        try (FileChannel images = FileChannel.open(SharedData.require("data/cifar10/test_batch.bin"))) {
            pixels = cifarPixels(images, 0, 20);
        }
        float[] planes = new float[pixels.length];
        for (int i = 0; i < 20 * 1024; i++) {
            for (int c = 0; c < 3; c++) {
                planes[(i / 1024 * 3 + c) * 1024 + i % 1024] = (float) (((pixels[i * 3 + c] & 0xff) / 255.0
                        - CIFAR.normalization().mean().get(c)) / CIFAR.normalization().std().get(c));
            }
        }
        double worst = 0;
        try (GraphRun original = new GraphRun(model); GraphRun prepared = new GraphRun(
                GraphPreparation.prepare(model, head, CIFAR, new Energy().fit(head.head(), null)))) {
            float[][] expected = (float[][]) original.reals("image", planes, 20, 3, 32, 32).get("logits");
            float[][] logits = (float[][]) prepared.images(pixels, 20, 32, 32).get(PreparedGraph.LOGITS);
            for (int i = 0; i < 20; i++) {
                for (int c = 0; c < expected[i].length; c++) {
                    worst = Math.max(worst, Math.abs(expected[i][c] - logits[i][c]));
                }
            }
        }
        System.out.printf("logits of 20 images: greatest difference from the original graph %.2e%n", worst);
        assertThat(worst).isLessThan(2e-5);
    }

    /** Images of a CIFAR-10 binary file (label byte, then planes) as N x 32 x 32 x 3 bytes. */
    private static byte[] cifarPixels(FileChannel file, int first, int count) throws Exception {
        byte[] records = new byte[count * 3073];
        file.read(ByteBuffer.wrap(records), first * 3073L);
        byte[] pixels = new byte[count * 3072];
        for (int image = 0; image < count; image++) {
            for (int i = 0; i < 3072; i++) {
                pixels[image * 3072 + i % 1024 * 3 + i / 1024] = records[image * 3073 + 1 + i];
            }
        }
        return pixels;
    }
}
