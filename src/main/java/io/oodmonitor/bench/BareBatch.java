package io.oodmonitor.bench;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.ImageDecoder;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.ImageRejectedException;
import io.oodmonitor.onnx.PreparedGraph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;

/** A batch of always the same size in memory of its own, that a session reads where it is. Not thread-safe. */
final class BareBatch implements AutoCloseable {

    private static final Set<String> RESULTS =
            Set.of(PreparedGraph.SCORE, PreparedGraph.CLASS, PreparedGraph.CONFIDENCE);

    private final OrtSession session;
    private final ImageDecoder decoder;
    private final Workload workload;
    private final int size;
    private final ByteBuffer pixels;
    private final OnnxTensor tensor;
    private long next;

    /** Has no images yet. */
    BareBatch(OrtEnvironment environment, OrtSession session, Framing framing, Workload workload, int size)
            throws OrtException {
        this.session = session;
        this.decoder = new ImageDecoder(ImageLimits.DEFAULT, framing);
        this.workload = workload;
        this.size = size;
        this.pixels = ByteBuffer.allocateDirect(Math.multiplyExact(size, framing.bytes()))
                .order(ByteOrder.nativeOrder());
        this.tensor = OnnxTensor.createTensor(environment, pixels,
                new long[] {size, framing.height(), framing.width(), 3}, OnnxJavaType.UINT8);
    }

    /** Decodes and resizes the next images into it. */
    void decode() throws ImageRejectedException {
        pixels.clear();
        for (int i = 0; i < size; i++) {
            pixels.put(Workload.decode(decoder, workload.payload(next++)).pixels());
        }
    }

    /** Has the network score what is in it. */
    void run() throws OrtException {
        session.run(Map.of(PreparedGraph.IMAGES, tensor), RESULTS).close();
    }

    @Override
    public void close() {
        tensor.close();
    }
}
