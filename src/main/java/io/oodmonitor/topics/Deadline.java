package io.oodmonitor.topics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A point in time that a call of several requests must not pass. */
final class Deadline {

    private final long end;

    Deadline(Duration fromNow) {
        end = System.nanoTime() + fromNow.toNanos();
    }

    /** At least 1, so that what has already arrived is still taken. */
    long remainingMillis() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    }

    /** Waits before another look, or fails when there is no time for one. */
    void pause(Duration pause, Supplier<? extends RuntimeException> tooLate) {
        if (System.nanoTime() + pause.toNanos() - end >= 0) {
            throw tooLate.get();
        }
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicSetupException("The setup of the topics was interrupted.", e);
        }
    }
}
