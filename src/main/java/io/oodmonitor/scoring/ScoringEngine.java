package io.oodmonitor.scoring;

import io.oodmonitor.image.Framing;
import io.oodmonitor.image.ImageDecoder;
import io.oodmonitor.image.RgbImage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores images in batches; one per process, shared by every thread. Thread-safe.
 *
 * <p>Every submitted image's future ends: with its score; with what its source threw; with
 * {@link UnscorableImageException} if the network fails on this image alone; with {@link EngineException} if the network
 * fails on every image; with {@link CancellationException} once the engine is closed. A bad image never spoils its batch.
 */
public final class ScoringEngine implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(ScoringEngine.class);

    private final Network network;
    private final ImageDecoder decoder;
    private final int imageBytes;
    private final InFlight inFlight;
    private final BatchQueue queue;
    private final Canary canary;
    private final boolean wholeBatches;
    private final Set<CompletableFuture<Score>> outstanding = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers;
    private final ExecutorService lanes;
    private final LongAdder images = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder failedRuns = new LongAdder();
    private final LongAdder inferenceNanos = new LongAdder();
    private final LongAdder decodeNanos = new LongAdder();

    /**
     * Warms the network up and starts. The engine closes the network when it is closed.
     *
     * @throws EngineException if the network does not run
     */
    public ScoringEngine(Network network, Framing framing, EngineSettings settings) {
        this.network = network;
        this.decoder = new ImageDecoder(settings.imageLimits(), framing);
        this.imageBytes = network.height() * network.width() * 3;
        // In the network, full, being filled, and being decoded: more would only make others wait.
        this.inFlight = new InFlight(settings.batchSize() * (settings.lanes() + 3), settings.maxBytesInFlight());
        // One batch a lane in the network, one being filled, one full and waiting.
        List<Batch> pool = IntStream.range(0, settings.lanes() + 2)
                .mapToObj(i -> new Batch(settings.batchSize(), imageBytes, network.features())).toList();
        this.canary = new Canary(network);
        this.wholeBatches = settings.wholeBatches();
        warmUp(pool);
        this.queue = new BatchQueue(pool, settings.maxDelay().toNanos());
        this.workers = Executors.newFixedThreadPool(settings.decodeThreads(), named("ood-decode"));
        this.lanes = Executors.newFixedThreadPool(settings.lanes(), named("ood-lane"));
        for (int i = 0; i < settings.lanes(); i++) {
            lanes.execute(this::runLane);
        }
    }

    private void warmUp(List<Batch> pool) {
        try {
            for (Batch batch : pool) {
                network.run(batch, 0, 1);
                network.run(batch, 0, batch.capacity());
            }
        } catch (NetworkException e) {
            throw new EngineException("The network does not run: " + e.getMessage(), e);
        }
    }

    /**
     * Submits an image if there is room for it in flight.
     *
     * @param bytes what the image holds in memory until it is scored
     */
    public Optional<CompletableFuture<Score>> trySubmit(ImageSource source, int bytes) {
        long held = (long) bytes + imageBytes;
        return inFlight.tryEnter(held) ? Optional.of(admit(source, held)) : Optional.empty();
    }

    /** Submits an image, first waiting for others to be scored if there is no room for it in flight. */
    public CompletableFuture<Score> submit(ImageSource source, int bytes) throws InterruptedException {
        long held = (long) bytes + imageBytes;
        inFlight.enter(held);
        return admit(source, held);
    }

    private CompletableFuture<Score> admit(ImageSource source, long held) {
        CompletableFuture<Score> future = new CompletableFuture<>();
        outstanding.add(future);
        future.whenComplete((score, failure) -> {
            outstanding.remove(future);
            inFlight.leave(held);
        });
        queue.announce();
        try {
            workers.execute(() -> decode(source, future));
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(new CancellationException("The engine is closed"));
        }
        return future;
    }

    private void decode(ImageSource source, CompletableFuture<Score> future) {
        long start = System.nanoTime();
        RgbImage image;
        try {
            image = source.read(decoder);
        } catch (Throwable e) {
            queue.withdraw();
            future.completeExceptionally(e);
            return;
        }
        long read = System.nanoTime();
        BatchQueue.Slot slot;
        try {
            slot = queue.reserve(future);
        } catch (InterruptedException e) {
            // The engine is being closed, which ends the future too.
            Thread.currentThread().interrupt();
            return;
        }
        long reserved = System.nanoTime();
        try {
            copy(image, slot.batch().pixels(slot.index(), slot.index() + 1));
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
        } finally {
            queue.drawn(slot.batch());
        }
        decodeNanos.add(read - start + System.nanoTime() - reserved);
    }

    private void copy(RgbImage image, ByteBuffer slot) {
        if (image.height() != network.height() || image.width() != network.width()) {
            throw new IllegalArgumentException("The network takes images of " + network.width() + " x "
                + network.height() + " pixels, but the source gave one of " + image.width() + " x " + image.height());
        }
        slot.put(image.pixels());
    }

    private void runLane() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Batch batch = queue.take();
                batches.increment();
                images.add(batch.size());
                score(batch, 0, batch.size(), wholeBatches ? batch.capacity() : batch.size());
                queue.recycle(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Scores images [from, to), or finds by halving those that make the network fail.
     *
     * @param end what the network runs to: behind the images stand earlier ones, or black
     */
    private void score(Batch batch, int from, int to, int end) {
        try {
            run(batch, from, end);
            batch.complete(from, to);
        } catch (NetworkException e) {
            failedRuns.increment();
            LOG.warn("The network failed on a batch of {}: {}", end - from, e.getMessage());
            if (end > to) {
                score(batch, from, to, to);
            } else if (canary.fails()) {
                EngineException failure = new EngineException("The network fails on every image: " + e.getMessage(), e);
                IntStream.range(from, to).forEach(i -> batch.future(i).completeExceptionally(failure));
            } else if (to - from == 1) {
                batch.future(from).completeExceptionally(new UnscorableImageException(e));
            } else {
                int middle = (from + to) >>> 1;
                score(batch, from, middle, middle);
                score(batch, middle, to, to);
            }
        }
    }

    private void run(Batch batch, int from, int to) throws NetworkException {
        long start = System.nanoTime();
        try {
            network.run(batch, from, to);
        } finally {
            inferenceNanos.add(System.nanoTime() - start);
        }
    }

    public EngineStatistics statistics() {
        return new EngineStatistics(images.sum(), batches.sum(), failedRuns.sum(), inferenceNanos.sum(),
                decodeNanos.sum(), inFlight.bytes(), inFlight.peakBytes());
    }

    /** Stops at once: images that are not scored yet end with a {@link CancellationException}. */
    @Override
    public void close() {
        workers.shutdownNow();
        lanes.shutdownNow();
        if (stopped(lanes)) {
            network.close();
        } else {
            LOG.warn("The network is still running {} after the stop: its memory is left to the process's end", PATIENCE);
        }
        CancellationException cancelled = new CancellationException("The engine is closed");
        outstanding.forEach(future -> future.completeExceptionally(cancelled));
    }

    /** Native code cannot be interrupted, and a session must not be closed under it. */
    private static boolean stopped(ExecutorService executor) {
        try {
            return executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
