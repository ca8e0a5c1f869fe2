package io.oodmonitor.bench;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** The most memory that this process held, seen by looking often. Thread-safe. */
final class MemoryPeak implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 20;

    private final Thread thread = new Thread(this::watch, "bench-memory");
    private volatile boolean closed;
    private long heap;
    private long direct;

    /**
     * The peaks.
     *
     * @param heapBytes   objects, those that wait for the collector too
     * @param directBytes buffers outside the heap; ONNX Runtime's own memory is not among them
     */
    record Bytes(long heapBytes, long directBytes) {}

    MemoryPeak() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (!closed) {
                look();
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        heap = Math.max(heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        direct = Math.max(direct, ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum());
    }

    synchronized Bytes bytes() {
        look();
        return new Bytes(heap, direct);
    }

    @Override
    public void close() {
        closed = true;
    }
}
