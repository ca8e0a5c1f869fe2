package io.oodmonitor.evaluation;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.detector.Scorer;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.inference.ImageRun;
import io.oodmonitor.inference.InferenceException;
import io.oodmonitor.inference.Labels;
import io.oodmonitor.inference.UnreadableImages;
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.FeatureMatrix;
import io.oodmonitor.scoring.FeatureScorer;
import io.oodmonitor.scoring.OnnxNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.scoring.device.SessionSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Evaluates methods on a bundle's network: every image goes once through the engine that the stream uses, its features
 * stay in memory, and each method scores these. Not safe for use by several threads.
 */
public final class Evaluator {

    /** A set after the network, once for all methods. */
    private record SetFeatures(FeatureMatrix features, OptionalDouble accuracy) {
    }

    private final Bundle bundle;
    private final IdStatistics statistics;
    private final EvaluationProgress progress;
    private final double unreadableShare;
    private final Map<String, UnreadableImages> unreadable = new LinkedHashMap<>();

    /**
     * @param statistics      the bundle's
     * @param unreadableShare share of each set's images that may be unreadable, 0 to 1
     */
    public Evaluator(Bundle bundle, IdStatistics statistics, double unreadableShare, EvaluationProgress progress) {
        this.bundle = bundle;
        this.statistics = statistics;
        this.unreadableShare = unreadableShare;
        this.progress = progress;
    }

    /**
     * Evaluates.
     *
     * @param id      in-distribution images
     * @param labels  of these
     * @param ood     sets of other images, at least one
     * @param methods at least one
     * @throws InferenceException if a set has no image that can be read, or too many that cannot
     * @throws IllegalArgumentException if a method does not suit the bundle
     */
    public Evaluation evaluate(EvaluatedSet id, Labels labels, List<EvaluatedSet> ood, List<Method> methods)
            throws InterruptedException {
        // Before an hour of images, not after.
        Map<Method, Scorer> scorers = new LinkedHashMap<>();
        methods.forEach(method -> {
            progress.fitting(method.label());
            scorers.put(method, method.detector().fit(bundle.head(), statistics));
        });

        long start = System.nanoTime();
        SetFeatures idFeatures;
        List<SetFeatures> oodFeatures = new ArrayList<>();
        try (ScoringEngine engine = new ScoringEngine(OnnxNetwork.withFeatures(bundle, SessionSettings.cpu(1)),
                bundle.framing(), EngineSettings.forThroughput())) {
            idFeatures = features(engine, id, labels);
            for (EvaluatedSet set : ood) {
                oodFeatures.add(features(engine, set, Labels.unknown()));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long images = idFeatures.features().rows()
                + oodFeatures.stream().mapToLong(set -> set.features().rows()).sum();

        List<MethodScores> scores = new ArrayList<>();
        scorers.forEach((method, scorer) -> {
            progress.scoring(method.label());
            scores.add(scores(method, scorer, idFeatures.features(),
                    oodFeatures.stream().map(SetFeatures::features).toList()));
        });
        return new Evaluation(bundle.name() + " " + bundle.version(), bundle.detector().name(), id.name(),
                idFeatures.accuracy(), ood.stream().map(EvaluatedSet::name).toList(), scores, images / seconds);
    }

    /** The images that were left out, by set; only of sets that had such. */
    public Map<String, UnreadableImages> unreadable() {
        return Map.copyOf(unreadable);
    }

    private SetFeatures features(ScoringEngine engine, EvaluatedSet set, Labels labels) throws InterruptedException {
        UnreadableImages left = new UnreadableImages(unreadableShare, set.samples().size());
        FeatureMatrix features = new FeatureMatrix(bundle.features());
        long[] labelledAndCorrect = new long[2];
        new ImageRun(engine, left).run(set.samples().open(), (sample, score) -> {
            features.add(score.features());
            OptionalInt label = labels.of(sample);
            if (label.isPresent()) {
                labelledAndCorrect[0]++;
                labelledAndCorrect[1] += label.getAsInt() == score.predictedIndex() ? 1 : 0;
            }
            progress.images(set.name(), features.rows());
        });
        if (features.rows() == 0) {
            throw new InferenceException("set " + set.name()
                    + " needs at least 1 image that can be read, but has none");
        }
        if (left.count() > 0) {
            unreadable.put(set.name(), left);
        }
        return new SetFeatures(features, labelledAndCorrect[0] == 0 ? OptionalDouble.empty()
                : OptionalDouble.of((double) labelledAndCorrect[1] / labelledAndCorrect[0]));
    }

    private MethodScores scores(Method method, Scorer scorer, FeatureMatrix id, List<FeatureMatrix> ood) {
        try (FeatureScorer features = new FeatureScorer(scorer)) {
            double[] idScores = finite(method, features.scores(id));
            List<double[]> oodScores = ood.stream().map(set -> finite(method, features.scores(set))).toList();
            boolean fitted = method.detector().equals(bundle.detector()) && bundle.fittedThreshold().isPresent();
            double threshold = fitted ? bundle.fittedThreshold().get().threshold().threshold()
                    : DetectionMetrics.keeping95(idScores);
            return new MethodScores(method.label(), threshold, fitted, idScores, oodScores);
        }
    }

    private static double[] finite(Method method, float[] scores) {
        double[] wide = new double[scores.length];
        for (int i = 0; i < wide.length; i++) {
            if (!Float.isFinite(scores[i])) {
                throw new InferenceException("method " + method.label() + " must give finite scores, but gives image "
                        + (i + 1) + " of " + wide.length + " the score " + scores[i]);
            }
            wide[i] = scores[i];
        }
        return wide;
    }
}
