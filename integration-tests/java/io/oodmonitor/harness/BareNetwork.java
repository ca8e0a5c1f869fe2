package io.oodmonitor.harness;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** What a loop around ONNX Runtime does: the original network, its own defaults, ready-made tensors. */
public final class BareNetwork implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String input;
    private final OnnxTensor images;
    private final int batchSize;

    public BareNetwork(Path model, int batchSize, int side) throws OrtException {
        this.batchSize = batchSize;
        this.session = environment.createSession(model.toString(), new OrtSession.SessionOptions());
        this.input = session.getInputNames().iterator().next();
        int values = batchSize * 3 * side * side;
        FloatBuffer pixels = ByteBuffer.allocateDirect(values * Float.BYTES).order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        Random random = new Random(1);
        for (int i = 0; i < values; i++) {
            pixels.put(i, (float) random.nextGaussian());
        }
        this.images = OnnxTensor.createTensor(environment, pixels, new long[] {batchSize, 3, side, side});
    }

    /** Images per second over about so many images. */
    public double imagesPerSecond(int count) throws OrtException {
        run();
        long start = System.nanoTime();
        int runs = Math.max(1, count / batchSize);
        for (int i = 0; i < runs; i++) {
            run();
        }
        return runs * batchSize / ((System.nanoTime() - start) / 1e9);
    }

    private void run() throws OrtException {
        session.run(Map.of(input, images)).close();
    }

    @Override
    public void close() throws OrtException {
        images.close();
        session.close();
    }
}
