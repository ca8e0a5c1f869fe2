package io.oodmonitor.history;

import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.image.ImageDecoder;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.ImageRejectedException;
import io.oodmonitor.image.RgbImage;
import io.oodmonitor.stream.prefetch.Reason;
import io.oodmonitor.stream.processor.MonitorListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small copies, as PNG, of the latest images that this instance found out of distribution: in memory only, and nothing
 * until it is switched on. They are made by a thread of their own, which works at most a quarter of the time: where
 * more come than it can make, some are left out. What the stream does for it is to put an image in a short queue.
 * Thread-safe.
 */
public final class Thumbnails implements MonitorListener, AutoCloseable {

    /** Pixels of the longer side, at most. */
    public static final int SIDE = 160;

    /** Of all thumbnails: some 500, and thousands of simple ones. */
    static final long MOST_BYTES = 16 << 20;
    /** Beside a thumbnail: its key, and what maps take. */
    private static final int OVERHEAD = 400;

    private static final int MOST_QUEUED = 64;
    private static final long MOST_QUEUED_BYTES = 16 << 20;
    /** Larger images would take too much memory meanwhile. */
    private static final int MOST_PIXELS = 16_000_000;
    private static final int REST = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Thumbnails.class);

    private record Waiting(ImageIdentity identity, ImageEvent image, CompletableFuture<byte[]> file) {

        int bytes() {
            return image.getImage().remaining();
        }
    }

    private final long mostBytes;
    private final ImageDecoder decoder = ImageDecoder.shrinking(
            new ImageLimits(ImageLimits.DEFAULT.maxSide(), MOST_PIXELS, ImageLimits.DEFAULT.maxBytes()), SIDE);
    private final Deque<Waiting> queue = new ArrayDeque<>();
    /** Those of the queue, and the one that is being made. */
    private final Map<ImageIdentity, CompletableFuture<byte[]>> pending = new HashMap<>();
    /** Oldest first. */
    private final Map<ImageIdentity, byte[]> files = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::work, "ood-thumbnails");
    private long queuedBytes;
    private long bytes;
    private volatile boolean on;
    private boolean closed;

    public Thumbnails() {
        this(MOST_BYTES);
    }

    Thumbnails(long mostBytes) {
        this.mostBytes = mostBytes;
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** From now on it makes thumbnails. */
    public synchronized void switchOn() {
        if (!on && !closed) {
            on = true;
            thread.start();
        }
    }

    @Override
    public void judged(OodScore verdict) {
        // Most images are as they should be.
    }

    @Override
    public void rejected(Reason reason) {
        // There is nothing to be seen.
    }

    @Override
    public void scored(int images, long waitNanos, long networkNanos) {
        // Of no interest here.
    }

    @Override
    public void flagged(OodScore verdict, ImageEvent image) {
        if (on) {
            enqueue(new Waiting(ImageIdentity.of(verdict), image, new CompletableFuture<>()));
        }
    }

    private synchronized void enqueue(Waiting waiting) {
        boolean full = queue.size() >= MOST_QUEUED
                || !queue.isEmpty() && queuedBytes + waiting.bytes() > MOST_QUEUED_BYTES;
        if (!full && !closed && pending.putIfAbsent(waiting.identity(), waiting.file()) == null) {
            queue.add(waiting);
            queuedBytes += waiting.bytes();
            notifyAll();
        }
    }

    private synchronized Optional<Waiting> next() throws InterruptedException {
        while (queue.isEmpty() && !closed) {
            wait();
        }
        Waiting next = closed ? null : queue.remove();
        queuedBytes -= next == null ? 0 : next.bytes();
        return Optional.ofNullable(next);
    }

    private void work() {
        try {
            for (Optional<Waiting> next = next(); next.isPresent(); next = next()) {
                long start = System.nanoTime();
                make(next.get());
                // The cores are the stream's.
                TimeUnit.NANOSECONDS.sleep(REST * (System.nanoTime() - start));
            }
        } catch (InterruptedException e) {
            // It is being closed.
            Thread.currentThread().interrupt();
        }
    }

    private void make(Waiting waiting) {
        try {
            byte[] file = PngFile.of(small(waiting.image()));
            keep(waiting.identity(), file);
            waiting.file().complete(file);
        } catch (ImageRejectedException | RuntimeException | OutOfMemoryError e) {
            LOG.debug("There is no thumbnail of image {}", waiting.identity().id(), e);
            giveUp(waiting);
        }
    }

    private RgbImage small(ImageEvent image) throws ImageRejectedException {
        return image.getEncoding() == ImageEncoding.ENCODED ? decoder.decode(image.getImage())
                : decoder.raw(image.getImage(), image.getHeight(), image.getWidth());
    }

    private synchronized void keep(ImageIdentity identity, byte[] file) {
        pending.remove(identity);
        byte[] before = files.put(identity, file);
        bytes += weight(identity, file) - (before == null ? 0 : weight(identity, before));
        for (var oldest = files.entrySet().iterator(); bytes > mostBytes; oldest.remove()) {
            Map.Entry<ImageIdentity, byte[]> next = oldest.next();
            bytes -= weight(next.getKey(), next.getValue());
        }
    }

    private static long weight(ImageIdentity identity, byte[] file) {
        return file.length + OVERHEAD + identity.id().length() + identity.source().length();
    }

    private synchronized void giveUp(Waiting waiting) {
        pending.remove(waiting.identity());
        waiting.file().cancel(false);
    }

    /** Whether there is a thumbnail of an image, or will be soon. */
    public synchronized boolean has(OodScore verdict) {
        ImageIdentity identity = ImageIdentity.of(verdict);
        return files.containsKey(identity) || pending.containsKey(identity);
    }

    /** The thumbnail of an image, a PNG file, as soon as it is made; cancelled if it cannot be. Empty if not kept. */
    public synchronized Optional<CompletableFuture<byte[]>> of(OodScore verdict) {
        ImageIdentity identity = ImageIdentity.of(verdict);
        byte[] file = files.get(identity);
        return file != null ? Optional.of(CompletableFuture.completedFuture(file))
                : Optional.ofNullable(pending.get(identity));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            queue.forEach(waiting -> waiting.file().cancel(false));
            queue.clear();
            pending.clear();
            notifyAll();
        }
        thread.interrupt();
    }
}
