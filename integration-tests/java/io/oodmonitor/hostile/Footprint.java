package io.oodmonitor.hostile;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a process holds, garbage aside.
 *
 * @param heap    bytes alive
 * @param buffers bytes of direct and mapped buffers
 */
record Footprint(long heap, long buffers) {

    static Footprint now() {
        // Twice: what the first frees may hold buffers, which the second finds.
        System.gc();
        System.gc();
        return new Footprint(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed).sum());
    }

    @Override
    public String toString() {
        return String.format("%d MiB of heap, %d of buffers", heap >> 20, buffers >> 20);
    }
}
