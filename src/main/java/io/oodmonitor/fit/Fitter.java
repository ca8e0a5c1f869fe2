package io.oodmonitor.fit;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import io.oodmonitor.bundle.BundleContent;
import io.oodmonitor.bundle.FittedThreshold;
import io.oodmonitor.calibration.CalibrationQuantiles;
import io.oodmonitor.calibration.ConformalRank;
import io.oodmonitor.calibration.ConformalThreshold;
import io.oodmonitor.detector.Energy;
import io.oodmonitor.detector.Knn;
import io.oodmonitor.detector.Scorer;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.detector.statistics.StatisticsAccumulator;
import io.oodmonitor.inference.ImageRun;
import io.oodmonitor.inference.Labels;
import io.oodmonitor.inference.Samples;
import io.oodmonitor.inference.UnreadableImages;
import io.oodmonitor.onnx.GraphPreparation;
import io.oodmonitor.onnx.HeadFinder;
import io.oodmonitor.onnx.InputFormat;
import io.oodmonitor.onnx.LocatedHead;
import io.oodmonitor.onnx.ModelFile;
import io.oodmonitor.scoring.BatchCheck;
import io.oodmonitor.scoring.EngineSettings;
import io.oodmonitor.scoring.OnnxNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.scoring.device.SessionSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Makes bundles. The threshold comes from scores of the very graph that the bundle holds, and from images that neither
 * statistics nor mask have seen. Images are streamed, each decoded and run once, never all in memory; the same plan and
 * images give the same bundle but for its time. Not safe for use by several threads.
 */
public final class Fitter {

    private static final int SHOWN = 5;

    /** Floats of a file that is read as a whole. */
    private static final long LARGEST_BANK = (1L << 29) - (1 << 10);

    private final FitPlan plan;
    private final Classifier classifier;
    private final FitProgress progress;
    private final Clock clock;

    public Fitter(FitPlan plan, FitProgress progress, Clock clock) {
        this.plan = plan;
        this.classifier = plan.classifier();
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * @param images in-distribution images; walked through twice
     * @throws FitException if the images do not suffice
     * @throws io.oodmonitor.inference.InferenceException if too many cannot be read, or a label is no class
     * @throws io.oodmonitor.onnx.UnsupportedModelException if the classifier cannot be monitored
     * @throws io.oodmonitor.scoring.EngineException if it cannot be run
     */
    public FitResult fit(Samples images) throws IOException, InterruptedException {
        ModelProto model = ModelFile.read(classifier.file());
        LocatedHead head = HeadFinder.find(model.getGraph(), classifier.logits(), classifier.features());
        List<String> classes = classes(head);
        Labels labels = plan.labels().isPresent() ? Labels.ofFile(plan.labels().get(), classes, images)
                : Labels.ofDataset(classes);
        requireMean(head);
        requireImages(images.size(), head);
        UnreadableImages unreadable = new UnreadableImages(plan.unreadableShare(), images.size());
        StatisticsAccumulator accumulator =
                new StatisticsAccumulator(head.head().classes(), head.head().features(), plan.bankSize());
        accumulate(model, head, images, labels, unreadable, accumulator);
        IdStatistics statistics = statistics(accumulator);
        progress.done(FitProgress.Phase.DETECTOR, 0);
        ModelProto graph = prepare(model, head, plan.detector().fit(head.head(), statistics));
        FittedThreshold threshold = threshold(graph, head, images, labels, unreadable);
        BundleContent content = new BundleContent(plan.name(), plan.version(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                "onnxruntime " + OrtEnvironment.getEnvironment().getVersion(), classifier.framing(),
                classifier.normalization(), classes, plan.detector(), statistics, head, graph, Optional.of(threshold));
        return new FitResult(content, accumulator.images(), threshold.threshold().samples(), unreadable);
    }

    private List<String> classes(LocatedHead head) {
        int rows = head.head().classes();
        if (plan.classes().isEmpty()) {
            return IntStream.range(0, rows).mapToObj(Integer::toString).toList();
        }
        if (plan.classes().size() != rows) {
            throw new FitException(classifier.file() + " has " + rows + " classes, but " + plan.classes().size()
                    + " names were given (" + String.join(", ", plan.classes().subList(0, Math.min(SHOWN,
                    plan.classes().size()))) + (plan.classes().size() > SHOWN ? ", ..." : "")
                    + "): name every class, in the order of the outputs");
        }
        return plan.classes();
    }

    private void requireMean(LocatedHead head) {
        plan.featureMean().filter(mean -> mean.features() != head.head().features()).ifPresent(mean -> {
            throw new FitException(classifier.file() + " has " + head.head().features()
                    + " features, but the feature mean given holds " + mean.features());
        });
    }

    /** What can be known before hours of work, not after. */
    private void requireImages(long images, LocatedHead head) {
        if (images == 0) {
            throw new FitException("a fit needs images, but got none");
        }
        requireHeldOut(images);
        long bank = Math.min(images, plan.bankSize());
        if (bank * head.head().features() > LARGEST_BANK) {
            throw new FitException("the bank must hold at most " + LARGEST_BANK / head.head().features()
                    + " images of " + head.head().features() + " features, but shall hold " + bank);
        }
        if (plan.detector() instanceof Knn knn && knn.k() > bank) {
            throw new FitException("the k of knn must be at most " + bank
                    + ", the images whose features are kept, but is " + knn.k());
        }
    }

    private void requireHeldOut(long images) {
        double target = plan.targetFalseAlarmRate();
        if (images < ConformalRank.minimumSamples(target)) {
            throw new FitException("a false-alarm rate of " + target + " needs at least "
                    + ConformalRank.minimumSamples(target) + " held-out images, but got " + images);
        }
    }

    private ModelProto prepare(ModelProto model, LocatedHead head, Scorer scorer) {
        InputFormat format = new InputFormat(
                classifier.framing().height(), classifier.framing().width(), classifier.normalization());
        return GraphPreparation.prepare(model, head, format, scorer);
    }

    private void accumulate(ModelProto model, LocatedHead head, Samples images, Labels labels,
                            UnreadableImages unreadable, StatisticsAccumulator accumulator)
            throws InterruptedException {
        // Statistics need no score; energy needs no statistics.
        ModelProto graph = prepare(model, head, new Energy().fit(head.head(), null));
        OnnxNetwork network = OnnxNetwork.of(graph, classifier.framing(), head.head().features(),
                SessionSettings.cpu(1));
        BatchCheck.check(network, classifier.file().toString());
        Predicate<String> heldOut = new Split(plan.heldOutShare())::holdsOut;
        try (ScoringEngine engine = new ScoringEngine(network, classifier.framing(), EngineSettings.forThroughput())) {
            new ImageRun(engine, unreadable).run(
                    images.open().filter(sample -> !heldOut.test(sample.id())), (sample, score) -> {
                        int label = labels.of(sample).orElse(score.predictedIndex());
                        accumulator.add(score.features(), label, Split.key(sample.id()));
                        progress.done(FitProgress.Phase.FEATURES, accumulator.images());
                    });
        }
    }

    private IdStatistics statistics(StatisticsAccumulator accumulator) {
        if (accumulator.images() == 0) {
            return IdStatistics.of(plan.featureMean().orElseThrow(() -> new FitException(
                    "the statistics need at least 1 image that is not held out, but got none")));
        }
        FeatureMean mean = plan.featureMean().orElseGet(accumulator::mean);
        return new IdStatistics(mean, Optional.of(accumulator.statistics()));
    }

    private FittedThreshold threshold(ModelProto graph, LocatedHead head, Samples images, Labels labels,
                                      UnreadableImages unreadable) throws InterruptedException {
        HeldOutScores scores = new HeldOutScores();
        OnnxNetwork network = OnnxNetwork.of(graph, classifier.framing(), head.head().features(),
                SessionSettings.cpu(1));
        Predicate<String> heldOut = new Split(plan.heldOutShare())::holdsOut;
        try (ScoringEngine engine = new ScoringEngine(network, classifier.framing(), EngineSettings.forThroughput())) {
            new ImageRun(engine, unreadable).run(
                    images.open().filter(sample -> heldOut.test(sample.id())), (sample, score) -> {
                        scores.add(score.score(), score.predictedIndex(), labels.of(sample));
                        progress.done(FitProgress.Phase.SCORES, scores.count());
                    });
        }
        double[] values = scores.values();
        requireHeldOut(values.length);
        ConformalThreshold threshold = ConformalThreshold.of(values, plan.targetFalseAlarmRate()).orElseThrow();
        return new FittedThreshold(threshold, CalibrationQuantiles.ofScores(values), scores.accuracy());
    }
}
