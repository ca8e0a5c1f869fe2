package io.oodmonitor.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The JVM's compiler, which takes a core for itself until what runs often is compiled. Not thread-safe. */
final class JvmCompiler {

    /** Below this share of one core it no longer counts. */
    private static final double QUIET = 0.05;

    private final CompilationMXBean bean = ManagementFactory.getCompilationMXBean();
    private long millis = millis();
    private long nanos = System.nanoTime();

    private long millis() {
        return bean != null && bean.isCompilationTimeMonitoringSupported() ? bean.getTotalCompilationTime() : 0;
    }

    /** Whether it has done next to nothing since the last call. */
    boolean isQuiet() {
        long compiled = millis() - millis;
        long passed = System.nanoTime() - nanos;
        millis += compiled;
        nanos += passed;
        return Duration.ofMillis(compiled).toNanos() < QUIET * passed;
    }
}
