package io.oodmonitor.scoring;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.oodmonitor.detector.Scorer;
import io.oodmonitor.onnx.PreparedGraph;
import io.oodmonitor.onnx.ScorerGraph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Scores features that are there already, by the very nodes that a bundle's graph ends in. Not safe for use by several
 * threads.
 */
public final class FeatureScorer implements AutoCloseable {

    /** Rows at a time: a product with a large bank of neighbours stays within some hundred megabytes. */
    private static final int ROWS = 512;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final int features;
    private final FloatBuffer input;

    /**
     * Scores on all cores.
     *
     * @throws EngineException if ONNX Runtime refuses the scorer
     */
    public FeatureScorer(Scorer scorer) {
        this(scorer, 0);
    }

    /** Scores with one mask, on the calling thread alone: the stream's threads do so side by side. */
    public FeatureScorer(Mask mask) {
        this(mask.scorer(), 1);
    }

    /** @param threads with the calling one; 0 for as many as there are cores */
    private FeatureScorer(Scorer scorer, int threads) {
        features = scorer.features();
        input = ByteBuffer.allocateDirect(Math.multiplyExact(ROWS * Float.BYTES, features))
                .order(ByteOrder.nativeOrder()).asFloatBuffer();
        long entered = NativeGate.enter();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            session = environment.createSession(ScorerGraph.of(scorer).toByteArray(), options);
        } catch (OrtException e) {
            throw new EngineException("ONNX Runtime does not load a scorer: " + e.getMessage(), e);
        } finally {
            NativeGate.leave(entered);
        }
    }

    /** The score of each row of features. */
    public float[] scores(FeatureMatrix matrix) {
        float[] scores = new float[matrix.rows()];
        for (int first = 0; first < scores.length; first += ROWS) {
            int count = Math.min(ROWS, scores.length - first);
            input.clear();
            for (int row = first; row < first + count; row++) {
                input.put(matrix.row(row));
            }
            System.arraycopy(run(count), 0, scores, first, count);
        }
        return scores;
    }

    /** The score of one image's features. */
    public float score(float[] row) {
        input.clear().put(row);
        return run(1)[0];
    }

    private float[] run(int count) {
        long entered = NativeGate.enter();
        try (OnnxTensor rows = OnnxTensor.createTensor(environment, input.flip(), new long[] {count, features});
             OrtSession.Result result = session.run(Map.of(PreparedGraph.FEATURES, rows))) {
            return (float[]) result.get(0).getValue();
        } catch (OrtException e) {
            throw new EngineException("ONNX Runtime does not run a scorer: " + e.getMessage(), e);
        } finally {
            NativeGate.leave(entered);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EngineException("ONNX Runtime does not close a scorer: " + e.getMessage(), e);
        }
    }
}
