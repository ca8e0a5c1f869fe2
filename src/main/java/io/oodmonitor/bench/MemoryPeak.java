package io.oodmonitor.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * The most memory that this process held. It looks at the start, at the end and before each garbage collection, which
 * is where the heap is fullest: to look in between would cost more and see less. Thread-safe.
 */
final class MemoryPeak implements AutoCloseable {

    private static final Set<String> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP).map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());

    private final List<NotificationEmitter> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(NotificationEmitter.class::isInstance).map(NotificationEmitter.class::cast).toList();
    private final NotificationListener listener = this::collected;
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
        look(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        collectors.forEach(collector -> collector.addNotificationListener(listener, null, null));
    }

    private void collected(Notification notification, Object nothing) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            Map<String, MemoryUsage> before = GarbageCollectionNotificationInfo
                    .from((CompositeData) notification.getUserData()).getGcInfo().getMemoryUsageBeforeGc();
            look(HEAP.stream().filter(before::containsKey).mapToLong(pool -> before.get(pool).getUsed()).sum());
        }
    }

    private synchronized void look(long heapUsed) {
        heap = Math.max(heap, heapUsed);
        direct = Math.max(direct, ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum());
    }

    synchronized Bytes bytes() {
        look(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        return new Bytes(heap, direct);
    }

    @Override
    public void close() {
        for (NotificationEmitter collector : collectors) {
            try {
                collector.removeNotificationListener(listener);
            } catch (JMException e) {
                throw new IllegalStateException("It was added above", e);
            }
        }
    }
}
