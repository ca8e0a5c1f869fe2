package io.oodmonitor.bench;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** A JVM's compiler, which takes a core for itself until what runs often is compiled. Not thread-safe. */
final class JvmCompiler {

    /** Below this share of one core it no longer counts. */
    private static final double QUIET = 0.05;

    /** As Linux cuts the name of a thread short. */
    private static final String THREAD = "CompilerThre";
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final long MILLIS_PER_TICK = 10;

    private final LongSupplier total;
    private long millis;
    private long nanos = System.nanoTime();

    private JvmCompiler(LongSupplier total) {
        this.total = total;
        this.millis = total.getAsLong();
    }

    /** Of this JVM. */
    static JvmCompiler own() {
        CompilationMXBean bean = ManagementFactory.getCompilationMXBean();
        boolean known = bean != null && bean.isCompilationTimeMonitoringSupported();
        return new JvmCompiler(known ? bean::getTotalCompilationTime : () -> 0);
    }

    /** Of another process's JVM; quiet from the beginning where the system does not tell. */
    static JvmCompiler of(long process) {
        return new JvmCompiler(() -> millis(process));
    }

    /** Processor time of a process's compiler threads. */
    static long millis(long process) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process), "task"))) {
            return threads.mapToLong(thread -> threadMillis(thread.resolve("stat"))).sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long threadMillis(Path stat) {
        String line;
        try {
            line = Files.readString(stat);
        } catch (IOException e) {
            // It has ended since it was listed.
            return 0;
        }
        int name = line.lastIndexOf(')');
        if (!line.substring(0, name).contains(THREAD)) {
            return 0;
        }
        List<String> fields = List.of(line.substring(name + 2).split(" "));
        return MILLIS_PER_TICK * (Long.parseLong(fields.get(USER_TICKS)) + Long.parseLong(fields.get(SYSTEM_TICKS)));
    }

    /** Whether it has done next to nothing since the last call. */
    boolean isQuiet() {
        long compiled = total.getAsLong() - millis;
        long passed = System.nanoTime() - nanos;
        millis += compiled;
        nanos += passed;
        return Duration.ofMillis(compiled).toNanos() < QUIET * passed;
    }
}
