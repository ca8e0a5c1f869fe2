package io.oodmonitor.fit;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.oodmonitor.bundle.BundleContent;
import io.oodmonitor.bundle.FittedThreshold;
import io.oodmonitor.calibration.CalibrationQuantiles;
import io.oodmonitor.calibration.ConformalRank;
import io.oodmonitor.calibration.ConformalThreshold;
import io.oodmonitor.detector.FeatureMean;
import io.oodmonitor.detector.FeatureMeanAccumulator;
import io.oodmonitor.detector.HeadEnergy;
import io.oodmonitor.detector.IdStatistics;
import io.oodmonitor.image.ImageRejectedException;
import io.oodmonitor.onnx.GraphPreparation;
import io.oodmonitor.onnx.HeadFinder;
import io.oodmonitor.onnx.InputFormat;
import io.oodmonitor.onnx.LocatedHead;
import io.oodmonitor.onnx.ModelFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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

    /** Bigger batches are not faster on a CPU. */
    private static final int BATCH = 16;

    private final FitPlan plan;
    private final FitProgress progress;
    private final Clock clock;

    public Fitter(FitPlan plan, FitProgress progress, Clock clock) {
        this.plan = plan;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * @param images in-distribution images; walked through twice, or once where the statistics are given
     * @throws FitException if the images do not suffice or one cannot be read
     * @throws io.oodmonitor.onnx.UnsupportedModelException if the classifier cannot be monitored
     */
    public FitResult fit(Iterable<FitImage> images) throws IOException {
        ModelProto model = ModelFile.read(plan.model());
        LocatedHead head = HeadFinder.find(model.getGraph());
        List<String> classes = classes(head);
        try {
            FeatureMeanAccumulator accumulator = new FeatureMeanAccumulator(head.head().features());
            FeatureMean mean = plan.featureMean().isPresent() ? given(head) : mean(model, head, images, accumulator);
            ModelProto graph = prepare(model, head, plan.detector().fit(head.head(), new IdStatistics(mean)));
            FittedThreshold threshold = threshold(graph, images, classes.size());
            BundleContent content = new BundleContent(plan.name(), plan.version(),
                    clock.instant().truncatedTo(ChronoUnit.SECONDS), "onnxruntime " + runtimeVersion(), plan.framing(),
                    plan.normalization(), classes, plan.detector(), mean, head, graph, Optional.of(threshold));
            return new FitResult(content, accumulator.count(), threshold.threshold().samples());
        } catch (OrtException e) {
            throw new FitException(plan.model() + " cannot be run: " + e.getMessage(), e);
        }
    }

    private List<String> classes(LocatedHead head) {
        int rows = head.head().classes();
        if (plan.classes().isEmpty()) {
            return IntStream.range(0, rows).mapToObj(Integer::toString).toList();
        }
        if (plan.classes().size() != rows) {
            throw new FitException(plan.model() + " has " + rows + " classes, but " + plan.classes().size()
                    + " names were given");
        }
        return plan.classes();
    }

    private FeatureMean given(LocatedHead head) {
        FeatureMean mean = plan.featureMean().orElseThrow();
        if (mean.features() != head.head().features()) {
            throw new FitException(plan.model() + " has " + head.head().features()
                    + " features, but the feature mean given holds " + mean.features());
        }
        return mean;
    }

    private ModelProto prepare(ModelProto model, LocatedHead head, HeadEnergy scorer) {
        InputFormat format = new InputFormat(plan.framing().height(), plan.framing().width(), plan.normalization());
        return GraphPreparation.prepare(model, head, format, scorer);
    }

    private FeatureMean mean(ModelProto model, LocatedHead head, Iterable<FitImage> images,
            FeatureMeanAccumulator accumulator) throws OrtException {
        ModelProto graph = prepare(model, head, new HeadEnergy(head.head()));
        try (GraphSession session = new GraphSession(graph, plan.framing())) {
            BatchCheck.check(session, plan.framing().bytes(), plan.model().toString());
            Predicate<FitImage> heldOut = heldOut();
            inBatches(images, heldOut.negate(), session, (batch, buffer) -> {
                for (float[] features : session.features(buffer)) {
                    accumulator.add(features);
                }
                progress.done(FitProgress.Phase.FEATURES, accumulator.count());
            });
        }
        if (accumulator.count() == 0) {
            throw new FitException("the statistics need at least 1 image that is not held out, but got none");
        }
        return accumulator.mean();
    }

    private FittedThreshold threshold(ModelProto graph, Iterable<FitImage> images, int classes) throws OrtException {
        HeldOutScores scores = new HeldOutScores(classes);
        try (GraphSession session = new GraphSession(graph, plan.framing())) {
            if (plan.featureMean().isPresent()) {
                BatchCheck.check(session, plan.framing().bytes(), plan.model().toString());
            }
            inBatches(images, heldOut(), session, (batch, buffer) -> {
                scores.add(batch, session.scores(buffer));
                progress.done(FitProgress.Phase.SCORES, scores.count());
            });
        }
        double[] values = scores.values();
        double target = plan.targetFalseAlarmRate();
        ConformalThreshold threshold = ConformalThreshold.of(values, target).orElseThrow(() -> new FitException(
                "a false-alarm rate of " + target + " needs at least " + ConformalRank.minimumSamples(target)
                        + " held-out images, but got " + values.length));
        return new FittedThreshold(threshold, CalibrationQuantiles.ofScores(values), scores.accuracy());
    }

    private Predicate<FitImage> heldOut() {
        return plan.featureMean().isPresent() ? image -> true : new Split(plan.heldOutShare())::holdsOut;
    }

    private void inBatches(Iterable<FitImage> images, Predicate<FitImage> wanted, GraphSession session, Work work)
            throws OrtException {
        List<FitImage> batch = new ArrayList<>(BATCH);
        ByteBuffer buffer = session.buffer(BATCH);
        for (FitImage image : images) {
            if (wanted.test(image)) {
                draw(image, buffer);
                batch.add(image);
            }
            if (batch.size() == BATCH) {
                work.on(batch, buffer);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            work.on(batch, buffer);
        }
    }

    private void draw(FitImage image, ByteBuffer buffer) {
        try {
            plan.framing().draw(image.pixels().read(), buffer);
        } catch (IOException | ImageRejectedException e) {
            throw new FitException("image " + image.id() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String runtimeVersion() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    /** What is done with the images of a batch and their pixels. */
    @FunctionalInterface
    private interface Work {
        void on(List<FitImage> batch, ByteBuffer buffer) throws OrtException;
    }
}
