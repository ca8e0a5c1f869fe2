package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.scoring.EngineException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten deaths pause for more than a minute, so whoever pauses though it is stopping runs into the time-out. */
@Timeout(20)
class ThreadFailuresTest {

    private static final int DEATHS = 10;

    private final ThreadFailures failures = new ThreadFailures();

    private StreamThreadExceptionResponse die(Throwable cause) {
        return failures.handle(new StreamsException(cause));
    }

    @Test
    void shouldReplaceAThreadAndPauseBefore() {
        long start = System.nanoTime();
        assertThat(die(new IllegalStateException("once"))).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(190));
    }

    @Test
    void shouldKnowWhichThreadsDied() throws Exception {
        failures.stopping();
        AtomicBoolean before = new AtomicBoolean(true);
        AtomicBoolean after = new AtomicBoolean();
        Thread dying = new Thread(() -> {
            before.set(failures.hasDied());
            die(new IllegalStateException("once"));
            after.set(failures.hasDied());
        });
        dying.start();
        dying.join();
        assertThat(before).isFalse();
        assertThat(after).isTrue();
        assertThat(failures.hasDied()).isFalse();
    }

    @Test
    void shouldGiveUpWhenThreadsDieAgainAndAgain() {
        failures.stopping();
        for (int i = 0; i < DEATHS; i++) {
            assertThat(die(new IllegalStateException("a defect")))
                    .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        }
        assertThat(die(new IllegalStateException("a defect"))).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(failures.last()).get().extracting(Throwable::getMessage).isEqualTo("a defect");
    }

    @Test
    void shouldWaitForAnEngineWithoutEnd() {
        failures.stopping();
        for (int i = 0; i < DEATHS + 2; i++) {
            assertThat(die(new EngineException("not now", new IllegalStateException())))
                    .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        }
    }
}
