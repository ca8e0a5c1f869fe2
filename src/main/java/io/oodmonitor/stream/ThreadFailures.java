package io.oodmonitor.stream;

import io.oodmonitor.scoring.DeviceLostException;
import io.oodmonitor.scoring.EngineException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died, after a pause that grows while deaths follow each other. An engine or a registry
 * that is down is waited for without end; a lost device stops the monitor at once, and so does anything else that kills
 * threads again and again. Thread-safe.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
    private static final Duration MEMORY = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    private static final int TOO_MANY = 10;

    private final Deque<Long> deaths = new ArrayDeque<>();
    private final AtomicInteger pausing = new AtomicInteger();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ThreadLocal<Boolean> died = ThreadLocal.withInitial(() -> false);
    private volatile Throwable last;

    @Override
    public StreamThreadExceptionResponse handle(Throwable exception) {
        died.set(true);
        Throwable root = root(exception);
        last = root;
        if (root instanceof DeviceLostException) {
            LOG.error("Stopping: {}", root.getMessage());
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        int recent = recentDeaths();
        if (recent > TOO_MANY && !(root instanceof EngineException)) {
            LOG.error("Stream threads died {} times within {} minutes: stopping", recent, MEMORY.toMinutes(), exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Duration pause = pause(recent);
        LOG.warn("A stream thread died and is replaced in {} ms: {}", pause.toMillis(), root.toString());
        LOG.debug("What it died of", exception);
        pausing.incrementAndGet();
        try {
            stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pausing.decrementAndGet();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private synchronized int recentDeaths() {
        long now = System.nanoTime();
        deaths.removeIf(time -> now - time > MEMORY.toNanos());
        deaths.add(now);
        return deaths.size();
    }

    private static Duration pause(int recent) {
        long millis = FIRST_PAUSE.toMillis() << Math.min(recent - 1, 20);
        return Duration.ofMillis(Math.min(millis, LONGEST_PAUSE.toMillis()));
    }

    private static Throwable root(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof EngineException || cause.getCause() == null) {
                return cause;
            }
        }
        return exception;
    }

    /** Whether the thread that asks has died, and does only what is left to do. */
    boolean hasDied() {
        return died.get();
    }

    /** Whether a thread that died is not replaced yet. */
    boolean isPausing() {
        return pausing.get() > 0;
    }

    /** The monitor is being stopped, which waits for its threads: none pauses any more. */
    void stopping() {
        stopping.countDown();
    }

    /** What the latest thread died of. */
    Optional<Throwable> last() {
        return Optional.ofNullable(last);
    }
}
