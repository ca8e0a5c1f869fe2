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
import io.oodmonitor.dataset.Payload;
import io.oodmonitor.dataset.Sample;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.Dice;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.inference.InferenceException;
import io.oodmonitor.inference.Samples;
import io.oodmonitor.onnx.GraphRun;
import io.oodmonitor.onnx.ModelFile;
import io.oodmonitor.onnx.Normalization;
import io.oodmonitor.onnx.PreparedGraph;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.onnx.TinyNetwork.HeadForm;
import io.oodmonitor.scoring.EngineException;
import io.oodmonitor.scoring.FeatureScorer;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        List<Sample> images = images(200);
        Map<FitProgress.Phase, Long> progress = new EnumMap<>(FitProgress.Phase.class);
        FitResult result = new Fitter(plan(Optional.empty()), progress::put, CLOCK).fit(samples(images));
        Split split = new Split(0.3);
        List<Sample> heldOut = images.stream().filter(image -> split.holdsOut(image.id())).toList();
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
            for (Sample image : images) {
                Map<String, Object> outputs =
                        run.images(image.payload().bytes(), 1, TinyNetwork.SIZE, TinyNetwork.SIZE);
                if (split.holdsOut(image.id())) {
                    scores.add((double) ((float[]) outputs.get(PreparedGraph.SCORE))[0]);
                    correct += ((long[]) outputs.get(PreparedGraph.CLASS))[0] == image.labelIndex().orElseThrow() ? 1 : 0;
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
        IdStatistics statistics = bundle.statistics();
        assertThat(statistics.images().orElseThrow().bank().images()).isEqualTo(20);
        assertThat(statistics.images().orElseThrow().classMeans().images()).isEqualTo(result.fitted());
        assertThat(fitted.accuracy()).hasValue((double) correct / heldOut.size());
        assertThat(bundle.created()).isEqualTo(Instant.parse("2026-11-24T01:02:03Z"));
    }

    @Test
    void shouldNotDependOnTheOrderOfImages() throws Exception {
        List<Sample> images = images(100);
        FitResult inOrder = new Fitter(plan(Optional.empty()), SILENT, CLOCK).fit(samples(images));
        List<Sample> shuffled = new ArrayList<>(images);
        Collections.shuffle(shuffled, new Random(3));
        FitResult mixed = new Fitter(plan(Optional.empty()), SILENT, CLOCK).fit(samples(shuffled));
        assertThat(mixed.heldOut()).isEqualTo(inOrder.heldOut());
        assertThat(mixed.threshold().threshold().threshold())
                .isCloseTo(inOrder.threshold().threshold().threshold(), within(1e-5));
    }

    @RepeatedTest(5)
    void shouldMakeTheSameBundleOfTheSameImages() throws Exception {
        List<Sample> images = images(101);
        FitResult inOrder = new Fitter(plan(Optional.empty()), SILENT, CLOCK).fit(samples(images));
        FitResult again = new Fitter(plan(Optional.empty()), SILENT, CLOCK).fit(samples(images));
        assertThat(again.content().graph()).isEqualTo(inOrder.content().graph());
        assertThat(again.content().threshold()).isEqualTo(inOrder.content().threshold());
    }

    @Test
    void shouldTakeTheThresholdFromAllImagesWhereStatisticsAreGiven() throws Exception {
        FeatureMean given = new FeatureMean(new double[] {1, 2, 3, 4, 5, 6});
        FitResult result = new Fitter(plan(Optional.of(given)), SILENT, CLOCK).fit(samples(images(50)));
        assertThat(result.fitted()).isZero();
        assertThat(result.heldOut()).isEqualTo(50);
        assertThat(result.content().statistics()).isEqualTo(IdStatistics.of(given));
        FitResult some = new Fitter(plan(Optional.of(given), "dice@50", 0.3, 0), SILENT, CLOCK).fit(samples(images(200)));
        assertThat(some.content().statistics().featureMean()).isEqualTo(given);
        assertThat(some.content().statistics().images().orElseThrow().classMeans().images()).isEqualTo(some.fitted());
    }

    @Test
    void shouldKnowNoAccuracyWithoutLabels() throws Exception {
        List<Sample> unlabelled = images(100).stream()
                .map(image -> new Sample(image.id(), Optional.empty(), OptionalInt.empty(), image.payload())).toList();
        assertThat(new Fitter(plan(Optional.empty()), SILENT, CLOCK).fit(samples(unlabelled)).threshold().accuracy()).isEmpty();
    }

    @Test
    void shouldRefuseTooFewImages() {
        Fitter fitter = new Fitter(plan(Optional.empty()), SILENT, CLOCK);
        assertThatThrownBy(() -> fitter.fit(samples(List.of()))).isInstanceOf(FitException.class)
                .hasMessage("a fit needs images, but got none");
        List<Sample> heldOut = images(50).stream().filter(image -> new Split(0.3).holdsOut(image.id())).toList();
        assertThatThrownBy(() -> fitter.fit(samples(heldOut))).isInstanceOf(FitException.class)
                .hasMessage("the statistics need at least 1 image that is not held out, but got none");
        Fitter given = new Fitter(plan(Optional.of(new FeatureMean(new double[6]))), SILENT, CLOCK);
        assertThatThrownBy(() -> given.fit(samples(images(8)))).isInstanceOf(FitException.class)
                .hasMessage("a false-alarm rate of 0.1 needs at least 9 held-out images, but got 8");
    }

    @Test
    void shouldRefuseWhatDoesNotBelongTogether() {
        Fitter other = new Fitter(plan(Optional.of(new FeatureMean(new double[5]))), SILENT, CLOCK);
        assertThatThrownBy(() -> other.fit(samples(images(50)))).isInstanceOf(FitException.class)
                .hasMessage(model + " has 6 features, but the feature mean given holds 5");
        Fitter fitter = new Fitter(plan(Optional.empty()), SILENT, CLOCK);
        List<Sample> mislabelled = images(50).stream()
                .map(image -> new Sample(image.id(), Optional.empty(), OptionalInt.of(3), image.payload())).toList();
        assertThatThrownBy(() -> fitter.fit(samples(mislabelled))).isInstanceOf(InferenceException.class)
                .hasMessageMatching("the label of \\d+ must be 0 to 2, but is 3");
    }

    @Test
    void shouldLeaveOutAFewUnreadableImagesAndRefuseMany() throws Exception {
        List<Sample> images = new ArrayList<>(images(200));
        images.set(17, new Sample("broken.jpg", Optional.empty(), OptionalInt.empty(),
                new Payload.Encoded(new byte[] {1, 2, 3})));
        Fitter strict = new Fitter(plan(Optional.empty(), "dice@50", 0.3, 0.004), SILENT, CLOCK);
        assertThatThrownBy(() -> strict.fit(samples(images))).isInstanceOf(InferenceException.class)
                .hasMessage("1 of 200 images cannot be read, and at most 0 may be; the first is broken.jpg: the image is"
                        + " not a JPEG, PNG, BMP or WebP file");
        FitResult result = new Fitter(plan(Optional.empty(), "dice@50", 0.3, 0.005), SILENT, CLOCK)
                .fit(samples(images));
        assertThat(result.fitted() + result.heldOut()).isEqualTo(199);
        assertThat(result.unreadable().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"msp", "maxlogit", "energy", "react", "dice", "dice@50+react@90", "ash-s@50", "scale@50",
        "gen", "fdbd", "knn@5", "vim@3", "mahalanobis"})
    void shouldFitEveryDetectorToABundleThatScoresAsItsFeaturesDo(String name) throws Exception {
        FitResult result = new Fitter(plan(Optional.empty(), name, 0.3, 0), SILENT, CLOCK).fit(samples(images(200)));
        Bundle bundle = BundleWriter.write(result.content(), folder.resolve("any"));
        assertThat(bundle.detector()).isEqualTo(Detector.parse(name));
        try (GraphRun run = new GraphRun(ModelFile.read(bundle.modelFile()));
                FeatureScorer scorer = new FeatureScorer(bundle.detector().fit(bundle.head(), bundle.statistics()))) {
            for (Sample image : images(20)) {
                Map<String, Object> outputs =
                        run.images(image.payload().bytes(), 1, TinyNetwork.SIZE, TinyNetwork.SIZE);
                float[] h = ((float[][]) outputs.get(PreparedGraph.FEATURES))[0];
                assertThat(((float[]) outputs.get(PreparedGraph.SCORE))[0]).isCloseTo(scorer.score(h), within(1e-4f));
            }
        }
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
        assertThatThrownBy(() -> fitter.fit(samples(images(50)))).isInstanceOf(EngineException.class).hasMessage(
                model + " must take several images at once, but takes only 1: export it with a dynamic batch axis");
    }

    @Test
    void shouldFitThePublishedDenseNet() throws Exception {
        byte[] records = new byte[300 * 3073];
        try (var in = Files.newInputStream(SharedData.require("data/cifar10/test_batch.bin"))) {
            in.readNBytes(records, 0, records.length);
        }
        List<Sample> images = IntStream.range(0, 300).mapToObj(image -> new Sample("test_batch.bin/" + image,
                Optional.empty(), OptionalInt.of(records[image * 3073]), cifar(records, image * 3073 + 1))).toList();
        FitPlan plan = new FitPlan("densenet-cifar10", Optional.empty(),
                Classifier.of(SharedData.require("models/densenet-cifar10.onnx"),
                Framing.resizeThenCrop(32, 32, 32, Interpolation.BILINEAR),
                Normalization.rgb(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010))), List.of(),
                Optional.empty(), new Dice(90),
                Optional.of(FeatureMean.read(SharedData.require("models/densenet-cifar10-feature-mean.npy"))),
                1, 0.05, 1, 0);
        Bundle bundle = BundleWriter.write(
                new Fitter(plan, SILENT, CLOCK).fit(samples(images)).content(), folder.resolve("densenet"));
        double[] golden = Files.readAllLines(SharedData.require("golden/densenet-cifar10.test_batch.csv")).stream()
                .skip(1).limit(300).mapToDouble(row -> Double.parseDouble(row.split(",")[7])).sorted().toArray();
        assertThat(bundle.fittedThreshold().orElseThrow().threshold().threshold()).isCloseTo(golden[14], within(1e-3));
        assertThat(bundle.fittedThreshold().orElseThrow().accuracy().orElseThrow()).isGreaterThan(0.9);
        assertThat(bundle.classes()).hasSize(10).startsWith("0");
    }

    private static Payload cifar(byte[] records, int planes) {
        byte[] pixels = new byte[3072];
        for (int i = 0; i < 3072; i++) {
            pixels[i % 1024 * 3 + i / 1024] = records[planes + i];
        }
        return new Payload.Rgb8(32, 32, pixels);
    }

    private FitPlan plan(Optional<FeatureMean> mean) {
        return plan(mean, "dice@50", mean.isPresent() ? 1 : 0.3, 0);
    }

    private FitPlan plan(Optional<FeatureMean> mean, String detector, double heldOut, double unreadable) {
        return new FitPlan("tiny", Optional.of("1"), Classifier.of(model, TinyBundle.FRAMING,
                TinyBundle.NORMALIZATION), TinyBundle.CLASSES, Optional.empty(), Detector.parse(detector), mean, heldOut, 0.1, 20, unreadable);
    }

    private static List<Sample> images(int count) {
        return IntStream.range(0, count).mapToObj(i -> {
            byte[] pixels = new byte[TinyNetwork.SIZE * TinyNetwork.SIZE * 3];
            new Random(i).nextBytes(pixels);
            return new Sample(Integer.toString(i), Optional.empty(), OptionalInt.of(i % TinyNetwork.CLASSES),
                    new Payload.Rgb8(TinyNetwork.SIZE, TinyNetwork.SIZE, pixels));
        }).toList();
    }

    private static Samples samples(List<Sample> images) {
        return new Samples() {

            @Override
            public Stream<Sample> open() {
                return images.stream();
            }

            @Override
            public long size() {
                return images.size();
            }
        };
    }
}
