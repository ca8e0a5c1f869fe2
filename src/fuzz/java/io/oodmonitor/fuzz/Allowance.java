package io.oodmonitor.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;

/**
 * What reading one input may cost, and how it may end: anything else is a finding.
 *
 * @param bytes         allocated by the thread at most, freed or not
 * @param processorTime of the thread at most, which other processes do not lengthen; under Jazzer code is several times
 *                      slower
 * @param refusals      the exceptions that are the reader's word for bad input
 */
public record Allowance(long bytes, Duration processorTime, Set<Class<? extends Exception>> refusals) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Reads an input. */
    @FunctionalInterface
    public interface Reading {
        void run() throws Exception;
    }

    /** So many mebibytes, ten seconds, and these exceptions. */
    @SafeVarargs
    public static Allowance mebibytes(int mebibytes, Class<? extends Exception>... refusals) {
        return new Allowance((long) mebibytes << 20, Duration.ofSeconds(10), Set.of(refusals));
    }

    /** @throws AssertionError if reading takes more, or ends otherwise */
    public void check(Reading reading) {
        // Jazzer rewrites classes as they are loaded, on this thread: the second time, all of the cost is the reader's.
        if (exceeds(cost(reading))) {
            Cost cost = cost(reading);
            if (exceeds(cost)) {
                throw new AssertionError("reading must take at most " + bytes + " bytes and " + processorTime
                        + ", but takes " + cost.bytes + " bytes and " + cost.processorTime);
            }
        }
    }

    private record Cost(long bytes, Duration processorTime) {
    }

    private boolean exceeds(Cost cost) {
        return cost.bytes > bytes || cost.processorTime.compareTo(processorTime) > 0;
    }

    private Cost cost(Reading reading) {
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        long nanosBefore = THREADS.getCurrentThreadCpuTime();
        try {
            reading.run();
        } catch (Exception e) {
            checkRefusal(e);
        }
        return new Cost(THREADS.getCurrentThreadAllocatedBytes() - bytesBefore,
                Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - nanosBefore));
    }

    private void checkRefusal(Exception e) {
        if (refusals.stream().noneMatch(refusal -> refusal.isInstance(e))) {
            throw new AssertionError("bad input must end in one of " + refusals + ", but ends in " + e, e);
        }
        if (e.getMessage() == null || e.getMessage().isBlank()) {
            throw new AssertionError("bad input must end in a sentence, but ends in " + e, e);
        }
    }
}
