package io.oodmonitor.scoring;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;

/**
 * Keeps the process from ending in the middle of ONNX Runtime, which frees its environment in a shutdown hook of its own:
 * hooks run side by side, and a session that is loaded or run meanwhile crashes the JVM. One per process, as that
 * environment is. Thread-safe.
 */
public final class NativeGate {

    private static final StampedLock LOCK = new StampedLock();

    private NativeGate() {}

    /** Before a call that needs the environment; what it gives is for {@link #leave}. Never returns once it is shut. */
    static long enter() {
        return LOCK.readLock();
    }

    static void leave(long entered) {
        LOCK.unlockRead(entered);
    }

    /**
     * Waits until nobody is in ONNX Runtime, and lets nobody in any more. For whoever ends the process at once, before
     * {@link System#exit}.
     *
     * @return false if somebody still is after that time
     */
    public static boolean shut(Duration patience) throws InterruptedException {
        return LOCK.tryWriteLock(patience.toNanos(), TimeUnit.NANOSECONDS) != 0;
    }
}
