package io.oodmonitor.hostile;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process holds, garbage aside.
 *
 * @param heap    bytes alive
 * @param buffers bytes of direct and mapped buffers
 * @param other   resident bytes that are not the heap's: the network's, threads', code; 0 where the system does not say
 */
record Footprint(long heap, long buffers, long other) {

    private static final Path STATUS = Path.of("/proc/self/status");

    static Footprint now() throws IOException {
        // Twice: what the first frees may hold buffers, which the second finds.
        System.gc();
        System.gc();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
        return new Footprint(heap.getUsed(), buffers, Math.max(0, resident() - heap.getCommitted()));
    }

    private static long resident() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElse(0);
    }

    @Override
    public String toString() {
        return String.format("%d MiB of heap, %d of buffers, %d of others", heap >> 20, buffers >> 20, other >> 20);
    }
}
