package io.oodmonitor.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Processor time that this process has used until some moment.
 *
 * @param wall    the moment, in nanoseconds of {@link System#nanoTime}
 * @param process nanoseconds of the whole process
 * @param threads nanoseconds of each Java thread that was alive
 * @param names   of those threads
 * @param machine share of the cores in use by all processes since the last such moment; NaN if it is not known
 */
record ProcessorTime(long wall, long process, Map<Long, Long> threads, Map<Long, String> names, double machine) {

    /** Until now. */
    static ProcessorTime now() {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        Map<Long, Long> threads = new HashMap<>();
        Map<Long, String> names = new HashMap<>();
        for (ThreadInfo info : bean.getThreadInfo(bean.getAllThreadIds())) {
            long nanos = info == null ? -1 : bean.getThreadCpuTime(info.getThreadId());
            if (nanos >= 0) {
                threads.put(info.getThreadId(), nanos);
                names.put(info.getThreadId(), info.getThreadName());
            }
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        double load = system.getCpuLoad();
        return new ProcessorTime(System.nanoTime(), system.getProcessCpuTime(), Map.copyOf(threads),
                Map.copyOf(names), load < 0 ? Double.NaN : load);
    }

    /** Nanoseconds since an earlier moment, by who used them; what no Java thread used is the JVM's or native. */
    Map<Stage, Long> since(ProcessorTime earlier) {
        Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
        threads.forEach((id, used) ->
                nanos.merge(Stage.of(names.get(id)), used - earlier.threads.getOrDefault(id, 0L), Long::sum));
        long java = nanos.values().stream().mapToLong(Long::longValue).sum();
        nanos.put(Stage.NATIVE, Math.max(0, process - earlier.process - java));
        return nanos;
    }

    /** Milliseconds a second since an earlier moment. */
    double millisPerSecond(ProcessorTime earlier) {
        return 1e3 * (process - earlier.process) / (wall - earlier.wall);
    }

    /** The share of so many cores that was in use since an earlier moment. */
    double utilisation(ProcessorTime earlier, int cores) {
        return (double) (process - earlier.process) / ((wall - earlier.wall) * cores);
    }

    /** The share that other processes used since an earlier moment, the last before this; 0 if it is not known. */
    double others(ProcessorTime earlier, int cores) {
        double others = machine - utilisation(earlier, cores);
        return others > 0 ? Math.min(1, others) : 0;
    }
}
