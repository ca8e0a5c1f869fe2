package io.oodmonitor.bench;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * The most memory that this process held. It looks at the start, at the end and before each garbage collection, which
 * is where the heap is fullest: to look in between would cost more and see less. Thread-safe.
 */
final class MemoryPeak implements AutoCloseable {

    private long heap = usedHeap();
    private long direct = directBytes();
    private final GarbageCollections collections =
            new GarbageCollections(info -> look(GarbageCollections.heapBytes(info.getMemoryUsageBeforeGc())));

    /**
     * The peaks.
     *
     * @param heapBytes   objects, those that wait for the collector too
     * @param directBytes buffers outside the heap; ONNX Runtime's own memory is not among them
     */
    record Bytes(long heapBytes, long directBytes) {}

    private static long usedHeap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Of buffers outside the heap, now. */
    static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }

    private synchronized void look(long heapUsed) {
        heap = Math.max(heap, heapUsed);
        direct = Math.max(direct, directBytes());
    }

    synchronized Bytes bytes() {
        look(usedHeap());
        return new Bytes(heap, direct);
    }

    @Override
    public void close() {
        collections.close();
    }
}
