package io.oodmonitor.bench;

import java.lang.management.ManagementFactory;

/**
 * What collections leave of the heap. A collection of the young objects alone leaves the garbage among the old: of
 * several, the one that left the least comes closest to what is alive. Thread-safe.
 */
final class LiveHeap implements AutoCloseable {

    private static final long NONE = Long.MAX_VALUE;

    private long latest = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    private long least = NONE;
    private final GarbageCollections collections =
            new GarbageCollections(info -> left(GarbageCollections.heapBytes(info.getMemoryUsageAfterGc())));

    private synchronized void left(long bytes) {
        latest = bytes;
        least = Math.min(least, bytes);
    }

    /** Bytes left by the collection that left the least since the last call; by the latest one if there was none. */
    synchronized long takeLeast() {
        long taken = least == NONE ? latest : least;
        least = NONE;
        return taken;
    }

    @Override
    public void close() {
        collections.close();
    }
}
