package io.oodmonitor.scoring;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The images submitted and not yet scored, under a bound on their number and one on their bytes. Thread-safe.
 *
 * <p>INVARIANT: neither bound is exceeded, but by an image that alone is larger than the bound on bytes. Whoever waits
 * for room goes before whoever only asks whether there is some: so no partition starves another.
 */
final class InFlight {

    private final int maxImages;
    private final long maxBytes;
    private int images;
    private long bytes;
    private long peakBytes;
    private int waiting;

    InFlight(int maxImages, long maxBytes) {
        this.maxImages = maxImages;
        this.maxBytes = maxBytes;
    }

    synchronized boolean tryEnter(long size) {
        return waiting == 0 && enterIfRoom(size);
    }

    /** Waits for room; false if there was none in time. */
    synchronized boolean enter(long size, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        waiting++;
        try {
            while (!enterIfRoom(size)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } finally {
            waiting--;
        }
    }

    private boolean enterIfRoom(long size) {
        if (images > 0 && (images == maxImages || bytes + size > maxBytes)) {
            return false;
        }
        images++;
        bytes += size;
        peakBytes = Math.max(peakBytes, bytes);
        return true;
    }

    synchronized void leave(long size) {
        images--;
        bytes -= size;
        if (waiting > 0) {
            notifyAll();
        }
    }

    synchronized boolean isHalfFull() {
        return images > maxImages / 2 || bytes > maxBytes / 2;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized long peakBytes() {
        return peakBytes;
    }
}
