package io.oodmonitor.report;

import io.oodmonitor.SharedData;
import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.MethodScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/** Evaluations to report on. */
final class Samples {

    private Samples() {
    }

    /** Two methods, two sets, few scores: every figure can be counted by hand. */
    static Evaluation small() {
        double[] id = IntStream.range(0, 20).mapToDouble(i -> 10 + i).toArray();
        return new Evaluation("toy 1", "dice@90", "pets", OptionalDouble.of(0.945), List.of("cars", "fish"), List.of(
                new MethodScores("energy", 11, false, id, List.of(new double[] {1, 2, 12, 13}, new double[] {1, 2})),
                new MethodScores("dice@90", 10.5, true, id, List.of(new double[] {1, 2, 3, 13}, new double[] {9, 40}))),
                1234.56);
    }

    /** Normal scores: one method per element, of growing distance from in-distribution. */
    static Evaluation random(int methods, int sets, int images) {
        Random random = new Random(7);
        List<String> names = IntStream.range(0, sets).mapToObj(i -> "set " + (char) ('A' + i)).toList();
        List<MethodScores> scores = IntStream.range(0, methods).mapToObj(m -> {
            double[] id = normal(random, images, 0, 1);
            double[] sorted = id.clone();
            Arrays.sort(sorted);
            return new MethodScores("method " + m, sorted[images / 20], m == 0, id, IntStream.range(0, sets)
                    .mapToObj(s -> normal(random, images, -0.3 * (m % 7) - 0.2 * s, 1.5)).toList());
        }).toList();
        return new Evaluation("random 3", "method 0", "normal", OptionalDouble.empty(), names, scores, 50);
    }

    /** The DICE authors' DenseNet on CIFAR-10, with photos of textures, and two sets made of its scores. */
    static Evaluation densenet() throws IOException {
        Path id = SharedData.require("golden/densenet-cifar10.test_batch.csv");
        Path textures = SharedData.require("golden/densenet-cifar10.textures.csv");
        List<String> methods = List.of("msp", "maxlogit", "energy", "react-q90", "dice-p70", "dice-p90",
                "dice-p90+react-q90");
        List<MethodScores> scores = new ArrayList<>();
        for (String method : methods) {
            Random random = new Random(3);
            double[] of = column(id, method);
            double[] sorted = of.clone();
            Arrays.sort(sorted);
            double spread = sorted[sorted.length / 2] - sorted[sorted.length / 20];
            double[] near = Arrays.stream(of).limit(3_000)
                    .map(score -> score - spread * (0.5 + 0.6 * random.nextGaussian())).toArray();
            double[] far = Arrays.stream(of).skip(5_000)
                    .map(score -> sorted[0] + spread * 0.3 * random.nextGaussian()).toArray();
            boolean own = method.equals("dice-p90");
            scores.add(new MethodScores(method.replace("-p", "@"), sorted[own ? 430 : 500], own, of,
                    List.of(column(textures, method), near, far)));
        }
        return new Evaluation("densenet-cifar10 1", "dice@90", "cifar10", OptionalDouble.of(0.9454),
                List.of("textures", "near (made up)", "far (made up)"), scores, 182.4);
    }

    private static double[] column(Path file, String name) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int column = List.of(lines.get(0).split(",")).indexOf(name);
        return lines.stream().skip(1).mapToDouble(line -> Double.parseDouble(line.split(",")[column])).toArray();
    }

    private static double[] normal(Random random, int count, double mean, double deviation) {
        return random.doubles(count, 0, 1).map(any -> mean + deviation * random.nextGaussian()).toArray();
    }
}
