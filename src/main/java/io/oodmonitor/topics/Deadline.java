package io.oodmonitor.topics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.AbstractOptions;

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

    /** Ends a request with the deadline, so that it does not hold up the client's close(). */
    <T extends AbstractOptions<T>> T limit(T options) {
        return options.timeoutMs(Math.toIntExact(Math.min(Integer.MAX_VALUE, remainingMillis())));
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
            throw new TopicSetupException("the setup of the topics was interrupted", e);
        }
    }
}
