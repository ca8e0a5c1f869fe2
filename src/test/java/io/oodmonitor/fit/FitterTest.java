package io.oodmonitor.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.oodmonitor.SharedData;
import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.FittedThreshold;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.Dice;
import io.oodmonitor.detector.FeatureMean;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.image.RgbImage;
import io.oodmonitor.onnx.GraphRun;
import io.oodmonitor.onnx.ModelFile;
import io.oodmonitor.onnx.Normalization;
import io.oodmonitor.onnx.PreparedGraph;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.onnx.TinyNetwork.HeadForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitterTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T01:02:03.456Z"), ZoneOffset.UTC);
    private static final FitProgress SILENT = (phase, images) -> { };

    @TempDir
    private Path folder;
    private Path model;

    @BeforeEach
    void writeTheModel() throws IOException {
        model = folder.resolve("classifier.onnx");
        ModelFile.write(TinyNetwork.of(HeadForm.SOFTMAX, 13), model);
    }

    @Test
    void shouldTakeStatisticsAndThresholdFromDifferentImages() throws Exception {
        List<FitImage> images = images(200);
        Map<FitProgress.Phase, Long> progress = new EnumMap<>(FitProgress.Phase.class);
        FitResult result = new Fitter(plan(Optional.empty()), progress::put, CLOCK).fit(images);
        Split split = new Split(0.3);
        List<FitImage> heldOut = images.stream().filter(split::holdsOut).toList();
        assertThat(result.heldOut()).isEqualTo(heldOut.size()).isBetween(40L, 80L);
        assertThat(result.fitted()).isEqualTo(200 - heldOut.size());
        assertThat(progress).containsEntry(FitProgress.Phase.FEATURES, result.fitted())
                .containsEntry(FitProgress.Phase.SCORES, result.heldOut());

        Bundle bundle = BundleWriter.write(result.content(), folder.resolve("tiny"));
        ModelProto graph = ModelFile.read(bundle.modelFile());
        double[] means = new double[TinyNetwork.FEATURES];
        List<Double> scores = new ArrayList<>();
        int correct = 0;
        try (GraphRun run = new GraphRun(graph)) {
            for (FitImage image : images) {
                Map<String, Object> outputs =
                        run.images(image.pixels().read().pixels(), 1, TinyNetwork.SIZE, TinyNetwork.SIZE);
                if (split.holdsOut(image)) {
                    scores.add((double) ((float[]) outputs.get(PreparedGraph.SCORE))[0]);
                    correct += ((long[]) outputs.get(PreparedGraph.CLASS))[0] == image.label().orElseThrow() ? 1 : 0;
                } else {
                    for (int j = 0; j < means.length; j++) {
                        means[j] += ((float[][]) outputs.get(PreparedGraph.FEATURES))[0][j] / result.fitted();
                    }
                }
            }
        }
        assertThat(bundle.featureMean().values()).containsExactly(means, within(1e-5));
        FittedThreshold fitted = bundle.fittedThreshold().orElseThrow();
        Collections.sort(scores);
        assertThat(fitted.threshold().threshold())
                .isCloseTo(scores.get((int) (0.1 * (heldOut.size() + 1)) - 1), within(1e-4));
        assertThat(fitted.accuracy()).hasValue((double) correct / heldOut.size());
        assertThat(bundle.created()).isEqualTo(Instant.parse("2026-11-24T01:02:03Z"));
    }

    @Test
    void shouldNotDependOnTheOrderOfImages() throws Exception {
        List<FitImage> images = images(100);
        FitResult inOrder = new Fitter(plan(Optional.empty()), SILENT, CLOCK).fit(images);
        List<FitImage> shuffled = new ArrayList<>(images);
        Collections.shuffle(shuffled, new Random(3));
        FitResult mixed = new Fitter(plan(Optional.empty()), SILENT, CLOCK).fit(shuffled);
        assertThat(mixed.heldOut()).isEqualTo(inOrder.heldOut());
        assertThat(mixed.threshold().threshold().threshold())
                .isCloseTo(inOrder.threshold().threshold().threshold(), within(1e-5));
        FitResult again = new Fitter(plan(Optional.empty()), SILENT, CLOCK).fit(images);
        assertThat(again.content().graph()).isEqualTo(inOrder.content().graph());
        assertThat(again.content().threshold()).isEqualTo(inOrder.content().threshold());
    }

    @Test
    void shouldTakeTheThresholdFromAllImagesWhereStatisticsAreGiven() throws Exception {
        FeatureMean given = new FeatureMean(new double[] {1, 2, 3, 4, 5, 6});
        FitResult result = new Fitter(plan(Optional.of(given)), SILENT, CLOCK).fit(images(50));
        assertThat(result.fitted()).isZero();
        assertThat(result.heldOut()).isEqualTo(50);
        assertThat(result.content().featureMean()).isEqualTo(given);
    }

    @Test
    void shouldKnowNoAccuracyWithoutLabels() throws Exception {
        List<FitImage> unlabelled = images(100).stream()
                .map(image -> new FitImage(image.id(), OptionalInt.empty(), image.pixels())).toList();
        assertThat(new Fitter(plan(Optional.empty()), SILENT, CLOCK).fit(unlabelled).threshold().accuracy()).isEmpty();
    }

    @Test
    void shouldRefuseTooFewImages() {
        Fitter fitter = new Fitter(plan(Optional.empty()), SILENT, CLOCK);
        assertThatThrownBy(() -> fitter.fit(List.of())).isInstanceOf(FitException.class)
                .hasMessage("the statistics need at least 1 image that is not held out, but got none");
        Fitter given = new Fitter(plan(Optional.of(new FeatureMean(new double[6]))), SILENT, CLOCK);
        assertThatThrownBy(() -> given.fit(images(8))).isInstanceOf(FitException.class)
                .hasMessage("a false-alarm rate of 0.1 needs at least 9 held-out images, but got 8");
    }

    @Test
    void shouldRefuseWhatDoesNotBelongTogether() {
        Fitter other = new Fitter(plan(Optional.of(new FeatureMean(new double[5]))), SILENT, CLOCK);
        assertThatThrownBy(() -> other.fit(images(50))).isInstanceOf(FitException.class)
                .hasMessage(model + " has 6 features, but the feature mean given holds 5");
        Fitter fitter = new Fitter(plan(Optional.empty()), SILENT, CLOCK);
        List<FitImage> mislabelled = images(50).stream()
                .map(image -> new FitImage(image.id(), OptionalInt.of(3), image.pixels())).toList();
        assertThatThrownBy(() -> fitter.fit(mislabelled)).isInstanceOf(FitException.class)
                .hasMessageMatching("the label of image \\d+ must be 0 to 2, but is 3");
        FitImage unreadable = new FitImage("broken.jpg", OptionalInt.empty(), () -> {
            throw new IOException("no such file");
        });
        Fitter given = new Fitter(plan(Optional.of(new FeatureMean(new double[6]))), SILENT, CLOCK);
        assertThatThrownBy(() -> given.fit(List.of(unreadable))).isInstanceOf(FitException.class)
                .hasMessage("image broken.jpg cannot be read: no such file");
    }

    @Test
    void shouldRefuseANetworkOfOneImage() throws IOException {
        ModelProto.Builder single = TinyNetwork.of(HeadForm.THREE_AXES, 14, true, 1).toBuilder();
        // Reshape that takes its shape literally cannot be freed from its batch of one.
        single.getGraphBuilder().getNodeBuilderList().stream().filter(node -> node.getOpType().equals("Reshape"))
                .forEach(node -> node.addAttributeBuilder().setName("allowzero").setI(1)
                        .setType(AttributeType.INT));
        ModelFile.write(single.build(), model);
        Fitter fitter = new Fitter(plan(Optional.empty()), SILENT, CLOCK);
        assertThatThrownBy(() -> fitter.fit(images(50))).isInstanceOf(FitException.class).hasMessage(
                model + " must take several images at once, but takes only 1: export it with a dynamic batch axis");
    }

    @Test
    void shouldFitThePublishedDenseNet() throws Exception {
        byte[] records = new byte[300 * 3073];
        try (var in = Files.newInputStream(SharedData.require("data/cifar10/test_batch.bin"))) {
            in.readNBytes(records, 0, records.length);
        }
        List<FitImage> images = IntStream.range(0, 300).mapToObj(image -> new FitImage("test_batch.bin/" + image,
                OptionalInt.of(records[image * 3073]), () -> cifar(records, image * 3073 + 1))).toList();
        FitPlan plan = new FitPlan("densenet-cifar10", Optional.empty(),
                SharedData.require("models/densenet-cifar10.onnx"),
                Framing.resizeThenCrop(32, 32, 32, Interpolation.BILINEAR),
                Normalization.rgb(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010)), List.of(),
                new Dice(90),
                Optional.of(FeatureMean.read(SharedData.require("models/densenet-cifar10-feature-mean.npy"))),
                0.1, 0.05);
        Bundle bundle = BundleWriter.write(
                new Fitter(plan, SILENT, CLOCK).fit(images).content(), folder.resolve("densenet"));
        double[] golden = Files.readAllLines(SharedData.require("golden/densenet-cifar10.test_batch.csv")).stream()
                .skip(1).limit(300).mapToDouble(row -> Double.parseDouble(row.split(",")[7])).sorted().toArray();
        assertThat(bundle.fittedThreshold().orElseThrow().threshold().threshold()).isCloseTo(golden[14], within(1e-3));
        assertThat(bundle.fittedThreshold().orElseThrow().accuracy().orElseThrow()).isGreaterThan(0.9);
        assertThat(bundle.classes()).hasSize(10).startsWith("0");
    }

    private static RgbImage cifar(byte[] records, int planes) {
        byte[] pixels = new byte[3072];
        for (int i = 0; i < 3072; i++) {
            pixels[i % 1024 * 3 + i / 1024] = records[planes + i];
        }
        return new RgbImage(32, 32, pixels);
    }

    private FitPlan plan(Optional<FeatureMean> mean) {
        return new FitPlan("tiny", Optional.of("1"), model, TinyBundle.FRAMING, TinyBundle.NORMALIZATION,
                TinyBundle.CLASSES, Detector.parse("dice@50"), mean, 0.3, 0.1);
    }

    private static List<FitImage> images(int count) {
        return IntStream.range(0, count).mapToObj(i -> {
            byte[] pixels = new byte[TinyNetwork.SIZE * TinyNetwork.SIZE * 3];
            new Random(i).nextBytes(pixels);
            return new FitImage(Integer.toString(i), OptionalInt.of(i % TinyNetwork.CLASSES),
                    () -> new RgbImage(TinyNetwork.SIZE, TinyNetwork.SIZE, pixels));
        }).toList();
    }
}
