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
import java.util.concurrent.CompletionException;
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
 * {@link UnscorableImageException} if the network fails on this image alone; with {@link EngineException} if it fails
 * on every image, or its device has no memory for one; with {@link DeviceLostException} if the device is lost; with
 * {@link CancellationException} once the engine is closed. A bad image never spoils its batch.
 */
public final class ScoringEngine implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration WITHOUT_END = Duration.ofNanos(Long.MAX_VALUE);
    private static final Logger LOG = LoggerFactory.getLogger(ScoringEngine.class);

    private final List<? extends Network> networks;
    private final ImageDecoder decoder;
    private final int imageBytes;
    private final InFlight inFlight;
    private final BatchQueue queue;
    private final List<Lane> lanes;
    private final Set<CompletableFuture<Score>> outstanding = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers;
    private final ExecutorService laneThreads;
    private final RunCounts counts = new RunCounts();
    private final LongAdder decodeNanos = new LongAdder();
    private final WaitCounters waits = new WaitCounters();
    private final EngineFailure failure = new EngineFailure();
    private final BatchListener listener;
    private volatile DeviceLostException lost;

    /** With one network. */
    public ScoringEngine(Network network, Framing framing, EngineSettings settings) {
        this(List.of(network), framing, settings);
    }

    /** With nobody who listens. */
    public ScoringEngine(List<? extends Network> networks, Framing framing, EngineSettings settings) {
        this(networks, framing, settings, BatchListener.NONE);
    }

    /**
     * Warms the networks up and starts. The engine closes them when it is closed.
     *
     * @param networks the same network, at least once, each on a device of its own: lanes of all of them take their
     *                 batches from one queue
     * @throws EngineException if one does not run
     */
    public ScoringEngine(List<? extends Network> networks, Framing framing, EngineSettings settings,
                         BatchListener listener) {
        this.listener = listener;
        this.networks = List.copyOf(networks);
        this.decoder = new ImageDecoder(settings.imageLimits(), framing);
        this.imageBytes = networks.get(0).height() * networks.get(0).width() * 3;
        this.lanes = Lane.of(networks, settings, counts, failure);
        List<Batch> pool = IntStream.range(0, lanes.size() * (1 + settings.batchesAhead()))
                .mapToObj(i -> new Batch(settings.batchSize(), imageBytes, networks.get(0).features())).toList();
        // What the batches hold, and two images for each decoder: more would only make others wait.
        this.inFlight = new InFlight(settings.batchSize() * pool.size() + 2 * settings.decodeThreads(),
                settings.maxBytesInFlight());
        this.queue = new BatchQueue(pool, settings.maxDelay().toNanos());
        this.workers = Executors.newFixedThreadPool(settings.decodeThreads(), named("ood-decode"));
        this.laneThreads = Executors.newFixedThreadPool(lanes.size(), named("ood-lane"));
        start(pool);
    }

    /** All lanes warm up at once, on the threads that they will run on: a device then has what all of them need. */
    private void start(List<Batch> pool) {
        List<CompletableFuture<Void>> warm = IntStream.range(0, lanes.size()).mapToObj(i -> {
            CompletableFuture<Void> lane = new CompletableFuture<>();
            laneThreads.execute(() -> {
                try {
                    lanes.get(i).warmUp(pool.get(i));
                } catch (RuntimeException e) {
                    lane.completeExceptionally(e);
                    return;
                }
                lane.complete(null);
                run(lanes.get(i));
            });
            return lane;
        }).toList();
        try {
            warm.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            workers.shutdownNow();
            laneThreads.shutdownNow();
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
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

    /**
     * Submits an image, first waiting for others to be scored if there is no room for it in flight; empty if there was
     * none in time.
     */
    public Optional<CompletableFuture<Score>> trySubmit(ImageSource source, int bytes, Duration patience)
            throws InterruptedException {
        long held = (long) bytes + imageBytes;
        return inFlight.enter(held, patience) ? Optional.of(admit(source, held)) : Optional.empty();
    }

    /** Submits an image, first waiting for others to be scored for as long as there is no room for it in flight. */
    public CompletableFuture<Score> submit(ImageSource source, int bytes) throws InterruptedException {
        return trySubmit(source, bytes, WITHOUT_END).orElseThrow();
    }

    private CompletableFuture<Score> admit(ImageSource source, long held) {
        CompletableFuture<Score> future = new CompletableFuture<>();
        outstanding.add(future);
        CompletableFuture<Score> result = new CompletableFuture<>();
        future.whenComplete((score, failure) -> {
            // First: whoever has the score finds the image out of flight.
            outstanding.remove(future);
            inFlight.leave(held);
            if (failure == null) {
                result.complete(score);
            } else {
                result.completeExceptionally(failure);
            }
        });
        if (lost != null) {
            future.completeExceptionally(lost);
            return result;
        }
        queue.announce();
        try {
            long submitted = System.nanoTime();
            workers.execute(() -> decode(source, future, submitted));
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(new CancellationException("The engine is closed"));
        }
        return result;
    }

    private void decode(ImageSource source, CompletableFuture<Score> future, long submitted) {
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
        waits.reserved(start - submitted, reserved - read);
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
        Network network = networks.get(0);
        if (image.height() != network.height() || image.width() != network.width()) {
            throw new IllegalArgumentException("The network takes images of " + network.width() + " x "
                + network.height() + " pixels, but the source gave one of " + image.width() + " x " + image.height());
        }
        slot.put(image.pixels());
    }

    private void run(Lane lane) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long free = System.nanoTime();
                Batch batch = queue.take();
                long taken = System.nanoTime();
                lane.score(batch);
                long scored = System.nanoTime();
                waits.scored(batch, free, taken, scored);
                listener.scored(batch.size(), taken - batch.openedAt(), scored - taken);
                queue.recycle(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DeviceLostException e) {
            if (lost == null) {
                LOG.error("{}", e.getMessage());
            }
            lost = e;
            outstanding.forEach(future -> future.completeExceptionally(e));
        }
    }

    /**
     * Why nothing is scored at the moment: the network fails on every image, which ends with the next batch that is
     * scored; or its device is lost, and every image, also a later one, ends with that.
     */
    public Optional<EngineException> failure() {
        return lost == null ? failure.latest() : Optional.of(lost);
    }

    /** Whether it does not keep up: more than half of what it takes at once, images or bytes, waits for its score. */
    public boolean isBehind() {
        return inFlight.isHalfFull();
    }

    public EngineStatistics statistics() {
        return new EngineStatistics(counts.images.sum(), counts.batches.sum(), counts.failedRuns.sum(),
                counts.inferenceNanos.sum(), decodeNanos.sum(), queue.batchesInFlight(), inFlight.bytes(),
                inFlight.peakBytes(), waits.sum(),
                lanes.stream().mapToInt(Lane::largestRun).min().orElseThrow());
    }

    /** Stops at once: images that are not scored yet end with a {@link CancellationException}. */
    @Override
    public void close() {
        workers.shutdownNow();
        laneThreads.shutdownNow();
        boolean stopped = stopped(laneThreads);
        if (lost != null) {
            LOG.debug("Sessions on a lost device are left to the process's end: closing one may crash it");
        } else if (stopped) {
            networks.forEach(Network::close);
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
