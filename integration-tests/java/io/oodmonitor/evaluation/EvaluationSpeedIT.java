package io.oodmonitor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.oodmonitor.SharedData;
import io.oodmonitor.dataset.Dataset;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.Energy;
import io.oodmonitor.detector.LinearHead;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.detector.statistics.StatisticsAccumulator;
import io.oodmonitor.harness.Alone;
import io.oodmonitor.harness.BareNetwork;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.inference.ImageRun;
import io.oodmonitor.inference.Samples;
import io.oodmonitor.inference.UnreadableImages;
import io.oodmonitor.onnx.GraphPreparation;
import io.oodmonitor.onnx.HeadFinder;
import io.oodmonitor.onnx.InputFormat;
import io.oodmonitor.onnx.LocatedHead;
import io.oodmonitor.onnx.ModelFile;
import io.oodmonitor.onnx.Normalization;
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.FeatureMatrix;
import io.oodmonitor.scoring.FeatureScorer;
import io.oodmonitor.scoring.OnnxNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.scoring.device.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an evaluation costs, beside the bare network in the same run; the bounds leave room for a noisy machine. */
@Alone
class EvaluationSpeedIT {

    private static final int IMAGES = Integer.getInteger("ood.speed.images", 200);
    private static final int ROUNDS = Integer.getInteger("ood.speed.rounds", 3);

    /**
     * Feature extraction is asked for 95% of the bare network: of its defaults, and of what it does at best, a batch a
     * core. Much less is a fault whatever the machine does.
     */
    @Test
    void shouldExtractFeaturesAsFastAsTheBareNetworkRuns() throws Exception {
        Path file = SharedData.require("models/densenet-cifar10.onnx");
        Dataset cifar = Dataset.open(SharedData.require("data/cifar10/test_batch.bin"));
        ModelProto model = ModelFile.read(file);
        LocatedHead head = HeadFinder.find(model.getGraph());
        Framing framing = Framing.resizeThenCrop(32, 32, 32, Interpolation.BILINEAR);
        ModelProto graph = GraphPreparation.prepare(model, head, new InputFormat(32, 32,
                Normalization.rgb(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010))),
                new Energy().fit(head.head(), null));
        int cores = Runtime.getRuntime().availableProcessors();
        List<Double> ratios = new ArrayList<>();
        List<Double> ratiosToBest = new ArrayList<>();
        try (ScoringEngine engine = new ScoringEngine(OnnxNetwork.of(graph, framing, head.head().features(),
                SessionSettings.cpu(1)), framing,
                EngineSettings.forThroughput())) {
            for (int round = 0; round < ROUNDS; round++) {
                double bare = 0;
                for (int batch : List.of(1, 8, 64)) {
                    try (BareNetwork network = new BareNetwork(file, batch, 32)) {
                        bare = Math.max(bare, network.imagesPerSecond(IMAGES));
                    }
                }
                FeatureMatrix features = new FeatureMatrix(head.head().features());
                long start = System.nanoTime();
                new ImageRun(engine, new UnreadableImages(0, IMAGES)).run(
                        Samples.of(cifar, 0, IMAGES).open(), (sample, score) -> features.add(score.features()));
                double ours = IMAGES / ((System.nanoTime() - start) / 1e9);
                double best;
                try (BareNetwork network = BareNetwork.ofThreads(1, file, 16, 32)) {
                    best = network.imagesPerSecond(IMAGES, cores);
                }
                ratios.add(ours / bare);
                ratiosToBest.add(ours / best);
                System.out.printf("Features: %.0f images/s; bare ONNX Runtime: %.0f, a batch a core: %.0f%n", ours, bare,
                        best);
            }
        }
        assertThat(median("bare ONNX Runtime", ratios)).isGreaterThan(0.8);
        assertThat(median("a batch a core", ratiosToBest)).isGreaterThan(0.6);
    }

    private static double median(String of, List<Double> ratios) {
        double median = ratios.stream().sorted().toList().get(ratios.size() / 2);
        System.out.printf("Features / %s: median %.3f of %.3f to %.3f%n", of, median, Collections.min(ratios),
                Collections.max(ratios));
        return median;
    }

    /** 10,000 images, 342 features, 10 classes, 10,000 neighbours, as the CIFAR network has. */
    @Test
    void shouldScoreByAllMethodsInSeconds() {
        Random random = new Random(7);
        int d = 342;
        float[] weight = gaussian(random, 10 * d);
        LinearHead head = new LinearHead(10, d, weight, gaussian(random, 10));
        StatisticsAccumulator accumulator = new StatisticsAccumulator(10, d, 10_000);
        FeatureMatrix images = new FeatureMatrix(d);
        for (int i = 0; i < 10_000; i++) {
            accumulator.add(rectified(random, d), i % 10, random.nextLong());
            images.add(rectified(random, d));
        }
        IdStatistics statistics = new IdStatistics(accumulator.mean(), Optional.of(accumulator.statistics()));
        Duration others = Duration.ZERO;
        Duration knn = Duration.ZERO;
        for (String name : Methods.ALL) {
            long start = System.nanoTime();
            var fitted = Detector.parse(name).fit(head, statistics);
            Duration fit = Duration.ofNanos(System.nanoTime() - start);
            start = System.nanoTime();
            try (FeatureScorer scorer = new FeatureScorer(fitted)) {
                assertThat(scorer.scores(images)).hasSize(10_000).doesNotContain(Float.NaN);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf("Scoring 10,000 images by %-11s %5d ms (fitting it: %d ms)%n", name, took.toMillis(),
                    fit.toMillis());
            if (name.equals("knn")) {
                knn = took;
            } else {
                others = others.plus(took);
            }
        }
        System.out.printf("Scoring 10,000 images by all methods but knn: %d ms, by knn: %d ms%n", others.toMillis(),
                knn.toMillis());
        assertThat(others).isLessThan(Duration.ofSeconds(2));
        assertThat(knn).isLessThan(Duration.ofSeconds(10));
    }

    private static float[] rectified(Random random, int count) {
        float[] values = gaussian(random, count);
        for (int i = 0; i < count; i++) {
            values[i] = Math.max(0, values[i]);
        }
        return values;
    }

    private static float[] gaussian(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
