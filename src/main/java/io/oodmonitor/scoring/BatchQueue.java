package io.oodmonitor.scoring;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands a fixed set of batches from the decode workers, who fill them, to the lanes, who run them, and back.
 * A batch that a lane takes is complete and nobody else's; slots of one batch are drawn by several workers at once.
 * Thread-safe. A worker that finds every batch busy waits: that is the engine's back-pressure.
 */
final class BatchQueue {

    /** A place in a batch, its holder's alone until {@link BatchQueue#drawn}. */
    record Slot(Batch batch, int index) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Condition changed = lock.newCondition();
    private final Queue<Batch> free = new ArrayDeque<>();
    private final Queue<Batch> closed = new ArrayDeque<>();
    private final int batches;
    private final long maxDelayNanos;
    private Batch open;
    private int announced;

    BatchQueue(Iterable<Batch> batches, long maxDelayNanos) {
        batches.forEach(free::add);
        this.batches = free.size();
        this.maxDelayNanos = maxDelayNanos;
    }

    /** An image is on its way: followed by one {@link #reserve} or one {@link #withdraw}. */
    void announce() {
        lock.lock();
        try {
            announced++;
        } finally {
            lock.unlock();
        }
    }

    /** An announced image is not coming. */
    void withdraw() {
        lock.lock();
        try {
            arrived();
        } finally {
            lock.unlock();
        }
    }

    Slot reserve(CompletableFuture<Score> future) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (open == null && free.isEmpty()) {
                freed.await();
            }
            if (open == null) {
                open = free.remove();
            }
            Slot slot = new Slot(open, open.reserve(future, System.nanoTime()));
            if (open.isFull()) {
                close();
            }
            arrived();
            return slot;
        } finally {
            lock.unlock();
        }
    }

    /** The slot's pixels are in place, or never will be. */
    void drawn(Batch batch) {
        lock.lock();
        try {
            batch.drawn();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next batch to run: full, aged, or with nothing more on its way. */
    Batch take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Batch oldest = closed.peek();
                if (oldest != null && oldest.isDrawn()) {
                    return closed.remove();
                }
                if (oldest != null || open == null) {
                    changed.await();
                    continue;
                }
                long wait = open.openedAt() + maxDelayNanos - System.nanoTime();
                if (wait <= 0 || announced == 0) {
                    close();
                } else {
                    changed.awaitNanos(wait);
                }
            }
        } finally {
            // A signal that woke this lane may have been meant for the batch behind the one it took.
            changed.signal();
            lock.unlock();
        }
    }

    void recycle(Batch batch) {
        lock.lock();
        try {
            batch.clear();
            free.add(batch);
            freed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Batches that are being filled, wait for a lane or are with one. */
    int batchesInFlight() {
        lock.lock();
        try {
            return batches - free.size();
        } finally {
            lock.unlock();
        }
    }

    private void arrived() {
        announced--;
        if (announced == 0 || open != null && open.size() == 1) {
            changed.signal();
        }
    }

    private void close() {
        closed.add(open);
        open = null;
        // Workers may wait for a batch to open.
        freed.signal();
        changed.signal();
    }
}
