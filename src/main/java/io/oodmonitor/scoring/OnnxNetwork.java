package io.oodmonitor.scoring;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.onnx.PreparedGraph;
import java.util.Map;

/** A bundle's prepared graph in ONNX Runtime, on the CPU. Reads and writes the batches' own memory: no copy. */
public final class OnnxNetwork implements Network {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final int height;
    private final int width;

    private OnnxNetwork(OrtSession session, int height, int width) {
        this.session = session;
        this.height = height;
        this.width = width;
    }

    /**
     * Loads a bundle's graph.
     *
     * @param threads how many threads work on one batch, the calling one included
     * @throws EngineException if ONNX Runtime refuses the graph
     */
    public static OnnxNetwork load(Bundle bundle, int threads) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            // Threads that spin while they wait for work would take the cores from decoding and from the stream.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            OrtSession session = OrtEnvironment.getEnvironment().createSession(bundle.modelFile().toString(), options);
            return new OnnxNetwork(session, bundle.height(), bundle.width());
        } catch (OrtException e) {
            throw new EngineException("ONNX Runtime does not load " + bundle.modelFile() + ": " + e.getMessage(), e);
        }
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
    @SuppressWarnings("try")
    public void run(Batch batch, int from, int to) throws NetworkException {
        long n = to - from;
        long[] perImage = {n};
        try (OnnxTensor images = OnnxTensor.createTensor(environment, batch.pixels(from, to),
                     new long[] {n, height, width, 3}, OnnxJavaType.UINT8);
             OnnxTensor scores = OnnxTensor.createTensor(environment, batch.scores(from, to), perImage);
             OnnxTensor classes = OnnxTensor.createTensor(environment, batch.classes(from, to), perImage);
             OnnxTensor confidences = OnnxTensor.createTensor(environment, batch.confidences(from, to), perImage);
             OrtSession.Result ignored = session.run(Map.of(PreparedGraph.IMAGES, images),
                     Map.of(PreparedGraph.SCORE, scores, PreparedGraph.CLASS, classes,
                             PreparedGraph.CONFIDENCE, confidences))) {
            // The results are in the batch's buffers.
        } catch (OrtException | RuntimeException e) {
            throw new NetworkException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EngineException("ONNX Runtime does not close its session: " + e.getMessage(), e);
        }
    }
}
