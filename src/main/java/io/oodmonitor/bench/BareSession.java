package io.oodmonitor.bench;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.image.Framing;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.scoring.device.SessionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A loop around ONNX Runtime, no more: the bundle's own graph on each device. Not thread-safe. */
final class BareSession implements AutoCloseable {

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
        return imagesPerSecond(batchSize, lanes * sessions.size(), length, BareBatch::run);
    }

    /** Images per second of so many threads that decode a batch of this size, then run it, each in turn. */
    double imagesPerSecondDecoded(int batchSize, int threads, Duration length) throws Exception {
        return imagesPerSecond(batchSize, threads, length, batch -> {
            batch.decode();
            batch.run();
        });
    }

    /** What a thread does with its batch. */
    @FunctionalInterface
    private interface Turn {
        void with(BareBatch batch) throws Exception;
    }

    private double imagesPerSecond(int batchSize, int threads, Duration length, Turn turn) throws Exception {
        List<BareBatch> batches = new ArrayList<>();
        try {
            List<Repeated.Work> works = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                BareBatch batch = new BareBatch(environment, sessions.get(i % sessions.size()), framing, workload,
                        batchSize);
                batches.add(batch);
                batch.decode();
                works.add(() -> {
                    turn.with(batch);
                    return batchSize;
                });
            }
            Repeated.imagesPerSecond(works, length.dividedBy(8));
            return Repeated.imagesPerSecond(works, length);
        } finally {
            batches.forEach(BareBatch::close);
        }
    }

    @Override
    public void close() throws OrtException {
        for (OrtSession session : sessions) {
            session.close();
        }
    }
}
