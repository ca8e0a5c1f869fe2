package io.oodmonitor.harness;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a loop around ONNX Runtime does: the original network, ready-made tensors. */
public final class BareNetwork implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String input;
    private final OnnxTensor images;
    private final int batchSize;

    /** With ONNX Runtime's own defaults: all cores on one batch. */
    public BareNetwork(Path model, int batchSize, int side) throws OrtException {
        this(model, batchSize, side, new OrtSession.SessionOptions());
    }

    /** With so many threads on one batch, for callers that run several at once. */
    public static BareNetwork ofThreads(int threads, Path model, int batchSize, int side) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(threads);
        return new BareNetwork(model, batchSize, side, options);
    }

    private BareNetwork(Path model, int batchSize, int side, OrtSession.SessionOptions options) throws OrtException {
        this.batchSize = batchSize;
        this.session = environment.createSession(model.toString(), options);
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

    /** Images per second over about so many images, so many batches at once. */
    public double imagesPerSecond(int count, int lanes) throws Exception {
        run();
        ExecutorService threads = Executors.newFixedThreadPool(lanes);
        try {
            int runs = Math.max(1, count / batchSize / lanes);
            long start = System.nanoTime();
            List<Future<Void>> lane = threads.invokeAll(Collections.nCopies(lanes, () -> {
                for (int i = 0; i < runs; i++) {
                    run();
                }
                return null;
            }));
            for (Future<Void> ended : lane) {
                ended.get();
            }
            return lanes * runs * batchSize / ((System.nanoTime() - start) / 1e9);
        } finally {
            threads.shutdownNow();
        }
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
