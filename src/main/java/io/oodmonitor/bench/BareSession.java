package io.oodmonitor.bench;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.ImageDecoder;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.ImageRejectedException;
import io.oodmonitor.onnx.PreparedGraph;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.scoring.device.SessionSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A loop around ONNX Runtime: the bundle's own graph on each device, ready-made batches, no more. Not thread-safe. */
final class BareSession implements AutoCloseable {

    private static final Set<String> RESULTS =
            Set.of(PreparedGraph.SCORE, PreparedGraph.CLASS, PreparedGraph.CONFIDENCE);

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final List<OrtSession> sessions = new ArrayList<>();
    private final Framing framing;
    private final Workload workload;

    /**
     * Loads the graph, as the monitor does.
     *
     * @param threads how many threads work on one batch
     */
    BareSession(Bundle bundle, Workload workload, List<ExecutionProvider> providers, int threads)
            throws OrtException {
        this.framing = bundle.framing();
        this.workload = workload;
        for (ExecutionProvider provider : providers) {
            try (OrtSession.SessionOptions options = new SessionSettings(provider, threads).options()) {
                sessions.add(environment.createSession(bundle.modelFile().toString(), options));
            }
        }
    }

    /** Images per second with so many batches of this size in the network at once, on each device. */
    double imagesPerSecond(int batchSize, int lanes, Duration length) throws Exception {
        List<OnnxTensor> batches = new ArrayList<>();
        try {
            List<Repeated.Work> works = new ArrayList<>();
            for (int i = 0; i < lanes * sessions.size(); i++) {
                OrtSession session = sessions.get(i % sessions.size());
                OnnxTensor batch = batch(batchSize);
                batches.add(batch);
                works.add(() -> {
                    session.run(Map.of(PreparedGraph.IMAGES, batch), RESULTS).close();
                    return batchSize;
                });
            }
            Repeated.imagesPerSecond(works, length.dividedBy(8));
            return Repeated.imagesPerSecond(works, length);
        } finally {
            batches.forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor batch(int size) throws OrtException, ImageRejectedException {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        ByteBuffer pixels = ByteBuffer.allocateDirect(Math.multiplyExact(size, framing.bytes()))
                .order(ByteOrder.nativeOrder());
        for (int i = 0; i < size; i++) {
            framing.draw(Workload.decode(decoder, workload.payload(i)), pixels);
        }
        return OnnxTensor.createTensor(environment, pixels.flip(),
                new long[] {size, framing.height(), framing.width(), 3}, OnnxJavaType.UINT8);
    }

    @Override
    public void close() throws OrtException {
        for (OrtSession session : sessions) {
            session.close();
        }
    }
}
