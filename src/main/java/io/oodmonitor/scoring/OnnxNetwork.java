package io.oodmonitor.scoring;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.image.Framing;
import io.oodmonitor.onnx.PreparedGraph;
import io.oodmonitor.scoring.device.SessionSettings;
import java.util.Map;
import java.util.Set;

/**
 * A bundle's prepared graph in ONNX Runtime, on one device. Reads and writes the batches' own memory: no copy, but to a
 * GPU and back. Each run scores with one mask, the latest when it begins, and marks the batch with that mask's version.
 */
public final class OnnxNetwork implements Network {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final int height;
    private final int width;
    private final int features;
    private volatile MaskedRuns mask = MaskedRuns.asStored();

    private OnnxNetwork(OrtSession session, int height, int width, int features) {
        this.session = session;
        this.height = height;
        this.width = width;
        this.features = features;
    }

    /**
     * Loads a bundle's graph.
     *
     * @throws EngineException if ONNX Runtime refuses the graph
     */
    public static OnnxNetwork load(Bundle bundle, SessionSettings settings) {
        return load(bundle, settings, 0);
    }

    /** Loads a bundle's graph for its features too. */
    public static OnnxNetwork withFeatures(Bundle bundle, SessionSettings settings) {
        return load(bundle, settings, bundle.features());
    }

    private static OnnxNetwork load(Bundle bundle, SessionSettings settings, int features) {
        String file = bundle.modelFile().toString();
        return of(options -> OrtEnvironment.getEnvironment().createSession(file, options), file, settings,
                bundle.framing(), features);
    }

    /**
     * Takes a prepared graph that is in no bundle yet, for its features too.
     *
     * @param framing  gives the images' size
     * @param features penultimate features, d
     * @throws EngineException if ONNX Runtime refuses the graph
     */
    public static OnnxNetwork of(ModelProto graph, Framing framing, int features, SessionSettings settings) {
        return of(options -> OrtEnvironment.getEnvironment().createSession(graph.toByteArray(), options),
                "the prepared graph", settings, framing, features);
    }

    private static OnnxNetwork of(SessionMaker maker, String shown, SessionSettings settings, Framing framing,
                                  int features) {
        long entered = NativeGate.enter();
        try (OrtSession.SessionOptions options = settings.options()) {
            // Threads that spin while they wait for work would take the cores from decoding and from the stream.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return new OnnxNetwork(maker.make(options), framing.height(), framing.width(), features);
        } catch (OrtException e) {
            throw new EngineException("ONNX Runtime does not load " + shown + ": " + e.getMessage(), e);
        } finally {
            NativeGate.leave(entered);
        }
    }

    @FunctionalInterface
    private interface SessionMaker {
        OrtSession make(OrtSession.SessionOptions options) throws OrtException;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int features() {
        return features;
    }

    @Override
    @SuppressWarnings("try")
    public void run(Batch batch, int from, int to) throws NetworkException {
        long n = to - from;
        long[] perImage = {n};
        MaskedRuns with = enter();
        long entered = NativeGate.enter();
        try (OnnxTensor images = OnnxTensor.createTensor(environment, batch.pixels(from, to),
                     new long[] {n, height, width, 3}, OnnxJavaType.UINT8);
             OnnxTensor scores = OnnxTensor.createTensor(environment, batch.scores(from, to), perImage);
             OnnxTensor classes = OnnxTensor.createTensor(environment, batch.classes(from, to), perImage);
             OnnxTensor confidences = OnnxTensor.createTensor(environment, batch.confidences(from, to), perImage);
             OnnxTensor h = features == 0 ? null
                     : OnnxTensor.createTensor(environment, batch.features(from, to), new long[] {n, features});
             OrtSession.Result ignored = session.run(Map.of(PreparedGraph.IMAGES, images),
                     Set.of(), outputs(scores, classes, confidences, h), with.options())) {
            // The results are in the batch's buffers.
            batch.scoredWith(with.version());
        } catch (OrtException | RuntimeException e) {
            throw new NetworkException(e.getMessage(), e);
        } finally {
            NativeGate.leave(entered);
            with.leave();
        }
    }

    /** The runs of the latest mask, this one among them. */
    private MaskedRuns enter() {
        MaskedRuns with = mask;
        while (!with.enter()) {
            // Retired since it was read: there is a later one.
            with = mask;
        }
        return with;
    }

    /**
     * Scores with another mask from the next run on; runs that have begun end with theirs. The session stays.
     *
     * @param next a mask of this network's bundle
     * @throws EngineException if ONNX Runtime refuses it; the mask then stays
     */
    public synchronized void use(Mask next) {
        MaskedRuns before = mask;
        if (before.version() != next.version()) {
            mask = MaskedRuns.of(next);
            before.leave();
        }
    }

    private Map<String, OnnxTensor> outputs(
            OnnxTensor scores, OnnxTensor classes, OnnxTensor confidences, OnnxTensor h) {
        return features == 0
                ? Map.of(PreparedGraph.SCORE, scores, PreparedGraph.CLASS, classes,
                        PreparedGraph.CONFIDENCE, confidences)
                : Map.of(PreparedGraph.SCORE, scores, PreparedGraph.CLASS, classes,
                        PreparedGraph.CONFIDENCE, confidences, PreparedGraph.FEATURES, h);
    }

    /** Not while a run is under way. */
    @Override
    public void close() {
        try {
            mask.leave();
            session.close();
        } catch (OrtException e) {
            throw new EngineException("ONNX Runtime does not close its session: " + e.getMessage(), e);
        }
    }
}
