package io.oodmonitor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.SharedData;
import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.dataset.Dataset;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.fit.Classifier;
import io.oodmonitor.fit.FitPlan;
import io.oodmonitor.fit.Fitter;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.inference.Labels;
import io.oodmonitor.inference.Samples;
import io.oodmonitor.onnx.Normalization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The DICE authors' DenseNet, fitted and evaluated, against what PyTorch and NumPy made of the same images: every score of
 * CIFAR-10's test images and of textures, and the tables of those sets that are whole. With -Dood.golden=whole all are.
 */
class GoldenEvaluationIT {

    private static final boolean WHOLE = System.getProperty("ood.golden", "").equals("whole");
    /** Of a set, and to fit with. */
    private static final int IMAGES = WHOLE ? 5_000 : 1_000;

    private static final String CLIP = "clip=0.405133193731308";

    /** Our names of the golden columns. */
    private static final Map<String, String> GOLDEN = new LinkedHashMap<>(Map.of("msp", "msp", "maxlogit", "maxlogit",
            "energy", "energy", "dice@70", "dice-p70", "dice@90", "dice-p90", "react@" + CLIP, "react-q90",
            "dice@90+react@" + CLIP, "dice-p90+react-q90"));

    @TempDir
    private Path folder;

    @Test
    void shouldReproduceEveryScoreAndTheTables() throws Exception {
        Bundle bundle = fit();
        Map<String, Dataset> ood = new LinkedHashMap<>();
        ood.put("textures", dataset("textures"));
        ood.put("tiny-imagenet-32", dataset("tiny-imagenet-32"));
        ood.put("notmnist (first 5000)", dataset("glyphs/notmnist-images-idx3-ubyte.gz"));
        ood.put("mnist (first 5000)", dataset("glyphs/mnist-images-idx3-ubyte.gz"));
        List<EvaluatedSet> sets = new ArrayList<>();
        ood.forEach((name, set) -> sets.add(new EvaluatedSet(name, Samples.of(set, 0, IMAGES))));

        List<String> names = new ArrayList<>(GOLDEN.keySet());
        names.addAll(List.of("react", "dice+react", "ash-s", "scale", "gen", "fdbd", "knn", "vim", "mahalanobis"));
        List<Method> methods = names.stream().map(name -> new Method(name, Detector.parse(name))).toList();
        long[] scoring = {0};
        Evaluator evaluator = new Evaluator(bundle, bundle.statistics(), 0, new EvaluationProgress() {

            @Override
            public void fitting(String method) {
                // Said below.
            }

            @Override
            public void images(String set, long done) {
                scoring[0] = System.nanoTime();
            }

            @Override
            public void scoring(String method) {
                System.out.printf("%.2f s after the last image: %s%n", (System.nanoTime() - scoring[0]) / 1e9, method);
            }
        });
        Evaluation evaluation = evaluator.evaluate(new EvaluatedSet("cifar10", Samples.of(cifar("test_batch.bin"), 0, 10_000)),
                Labels.ofDataset(bundle.classes()), sets, methods);
        System.out.printf("%.0f images/s, all methods %.2f s%n", evaluation.imagesPerSecond(),
                (System.nanoTime() - scoring[0]) / 1e9);

        assertThat(evaluation.accuracy()).hasValue(0.9454);
        JsonNode tables = new ObjectMapper().readTree(
                SharedData.require("golden/densenet-cifar10.tables.json").toFile()).get("tables");
        for (MethodScores scores : evaluation.methods()) {
            List<DetectionMetrics> metrics = scores.metrics();
            System.out.printf("%-40s", scores.method());
            metrics.forEach(m -> System.out.printf("%8.2f %6.2f", 100 * m.fpr95(), 100 * m.auroc()));
            System.out.println();
            String column = GOLDEN.get(scores.method());
            if (column != null) {
                checkScores(column, "densenet-cifar10.test_batch.csv", scores.id());
                checkScores(column, "densenet-cifar10.textures.csv", scores.ood().get(0));
                // Textures are fewer than a thousand.
                for (int set = 0; set < (WHOLE ? sets.size() : 1); set++) {
                    JsonNode cells = tables.get(sets.get(set).name()).get(column);
                    double oneImage = 100.0 / scores.ood().get(set).length;
                    assertThat(100 * metrics.get(set).fpr95()).as("FPR95 of %s on %s", column, sets.get(set).name())
                            .isCloseTo(cells.get(0).asDouble(), within(Math.max(0.1, oneImage + 0.005)));
                    assertThat(100 * metrics.get(set).auroc()).as("AUROC of %s on %s", column, sets.get(set).name())
                            .isCloseTo(cells.get(1).asDouble(), within(0.1));
                }
            }
        }
    }

    private Bundle fit() throws Exception {
        Dataset training = cifar("train_first_5000.bin");
        FitPlan plan = new FitPlan("densenet-cifar10", Optional.empty(),
                Classifier.of(SharedData.require("models/densenet-cifar10.onnx"),
                Framing.resizeThenCrop(32, 32, 32, Interpolation.BILINEAR),
                Normalization.rgb(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010))),
                training.classNames(), Optional.empty(), Detector.parse("dice@90"),
                Optional.of(FeatureMean.read(SharedData.require("models/densenet-cifar10-feature-mean.npy"))),
                0.1, 0.05, 10_000, 0);
        return BundleWriter.write(new Fitter(plan, (phase, images) -> { }, Clock.systemUTC())
                .fit(Samples.of(training, 0, IMAGES)).content(), folder.resolve("bundle"));
    }

    private static void checkScores(String column, String file, double[] scores) throws Exception {
        List<String> rows = Files.readAllLines(SharedData.require("golden/" + file));
        int index = List.of(rows.get(0).split(",")).indexOf(column);
        double worst = 0;
        for (int i = 0; i < scores.length; i++) {
            worst = Math.max(worst, Math.abs(scores[i] - Double.parseDouble(rows.get(1 + i).split(",")[index])));
        }
        System.out.printf("    %s of %s: greatest difference from golden %.2e%n", column, file, worst);
        assertThat(worst).isLessThan(1e-3);
    }

    private static Dataset cifar(String file) throws Exception {
        return dataset("cifar10/" + file);
    }

    private static Dataset dataset(String path) throws Exception {
        return Dataset.open(SharedData.require("data/" + path));
    }
}
