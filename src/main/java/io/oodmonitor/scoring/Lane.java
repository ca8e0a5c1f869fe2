package io.oodmonitor.scoring;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a network, which other lanes may share, on one batch at a time. Not thread-safe. */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final Network network;
    private final Canary canary;
    private final RunSizes sizes;
    private final RunCounts counts;
    private final EngineFailure failure;

    /**
     * @param canary  of the network
     * @param sizes   of the network
     * @param failure of the engine
     */
    Lane(Network network, Canary canary, RunSizes sizes, RunCounts counts, EngineFailure failure) {
        this.network = network;
        this.canary = canary;
        this.sizes = sizes;
        this.counts = counts;
        this.failure = failure;
    }

    /** Lanes of each network, in turn. */
    static List<Lane> of(List<? extends Network> networks, EngineSettings settings, RunCounts counts,
                         EngineFailure failure) {
        List<List<Lane>> lanes = networks.stream().map(network -> {
            Canary canary = new Canary(network);
            RunSizes sizes = new RunSizes(settings.shapes(), settings.batchSize());
            return IntStream.range(0, settings.lanes())
                    .mapToObj(i -> new Lane(network, canary, sizes, counts, failure)).toList();
        }).toList();
        return IntStream.range(0, settings.lanes()).boxed()
                .flatMap(i -> lanes.stream().map(ofNetwork -> ofNetwork.get(i))).toList();
    }

    /**
     * Runs the network at every size that there will be, so that no image waits for what it prepares at its first.
     *
     * @throws EngineException if it does not run, not even on one image at a time
     */
    void warmUp(Batch batch) {
        for (int size : sizes.all()) {
            if (size <= sizes.largest()) {
                warmUp(batch, size);
            }
        }
    }

    private void warmUp(Batch batch, int size) {
        try {
            network.run(batch, 0, size);
        } catch (NetworkException e) {
            if (e.kind() != FailureKind.OUT_OF_MEMORY || size == 1) {
                throw new EngineException("The network does not run: " + e.getMessage(), e);
            }
            sizes.tooLarge(size);
            warmUp(batch, sizes.largest());
        }
    }

    /** The most images that the network is run with at once. */
    int largestRun() {
        return sizes.largest();
    }

    /**
     * Scores a batch, and ends the future of each of its images.
     *
     * @throws DeviceLostException if no batch can be scored any more; futures are then left open
     */
    void score(Batch batch) {
        counts.batches.increment();
        counts.images.add(batch.size());
        score(batch, 0, batch.size());
    }

    /** Images [from, to), as many at once as there is memory for. */
    private void score(Batch batch, int from, int to) {
        int start = from;
        while (start < to) {
            int end = Math.min(to, start + sizes.largest());
            int size = sizes.atLeast(end - start);
            // What fills the run up lies behind the images, or before them where the batch ends.
            attempt(batch, start, end, Math.min(start, batch.capacity() - size), size);
            start = end;
        }
    }

    /** Scores images [from, to) in a run of a size that begins at a slot. */
    private void attempt(Batch batch, int from, int to, int first, int size) {
        try {
            run(batch, first, first + size);
            batch.complete(from, to);
        } catch (NetworkException e) {
            counts.failedRuns.increment();
            switch (e.kind()) {
                case DEVICE_LOST -> throw new DeviceLostException(e);
                case OUT_OF_MEMORY -> runSmaller(batch, from, to, size, e);
                case UNKNOWN -> {
                    LOG.warn("The network failed on a batch of {}: {}", size, e.getMessage());
                    if (size > to - from) {
                        // Something that only filled the run up may be at fault.
                        attempt(batch, from, to, from, to - from);
                    } else {
                        findFailing(batch, from, to, e);
                    }
                }
            }
        }
    }

    /** No image is to blame that there is no memory for, not even one alone: it is tried again later. */
    private void runSmaller(Batch batch, int from, int to, int size, NetworkException reason) {
        if (size == 1) {
            fail(batch, from, to, new EngineException("The device has no memory for a single image: "
                    + reason.getMessage(), reason));
        } else {
            sizes.tooLarge(size);
            score(batch, from, to);
        }
    }

    /** By halving. Bad images are rare: sizes that were not warmed up do no harm here. */
    private void findFailing(Batch batch, int from, int to, NetworkException reason) {
        Optional<NetworkException> always = canary.failure();
        if (always.isPresent()) {
            if (always.get().kind() == FailureKind.DEVICE_LOST) {
                throw new DeviceLostException(always.get());
            }
            fail(batch, from, to, new EngineException("The network fails on every image: " + reason.getMessage(),
                    reason));
        } else if (to - from == 1) {
            tryAgain(batch, from);
        } else {
            int middle = (from + to) >>> 1;
            attempt(batch, from, middle, from, middle - from);
            attempt(batch, middle, to, middle, to - middle);
        }
    }

    /** An image is to blame only if it fails twice: the first time may have been any run's bad luck. */
    private void tryAgain(Batch batch, int index) {
        try {
            run(batch, index, index + 1);
            batch.complete(index, index + 1);
        } catch (NetworkException e) {
            counts.failedRuns.increment();
            switch (e.kind()) {
                case DEVICE_LOST -> throw new DeviceLostException(e);
                case OUT_OF_MEMORY -> runSmaller(batch, index, index + 1, 1, e);
                case UNKNOWN -> blame(batch, index, e);
            }
        }
    }

    private static void blame(Batch batch, int index, NetworkException reason) {
        // It would fail later runs that it only fills up.
        ByteBuffer pixels = batch.pixels(index, index + 1);
        pixels.put(new byte[pixels.remaining()]);
        batch.future(index).completeExceptionally(new UnscorableImageException(reason));
    }

    /** No image can be scored at the moment. */
    private void fail(Batch batch, int from, int to, EngineException reason) {
        failure.happened(reason);
        IntStream.range(from, to).forEach(i -> batch.future(i).completeExceptionally(reason));
    }

    private void run(Batch batch, int from, int to) throws NetworkException {
        long start = System.nanoTime();
        try {
            network.run(batch, from, to);
            failure.mended();
        } finally {
            counts.inferenceNanos.add(System.nanoTime() - start);
        }
    }
}
