package io.oodmonitor.stream.prefetch;

import io.oodmonitor.scoring.Score;
import io.oodmonitor.scoring.ScoringEngine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A record that was polled and not yet processed. Guarded by its lane until claimed, the claimer's alone after. */
final class Pending {

    private final long offset;
    private final byte[] value;
    private final long since = System.nanoTime();
    private EventSource source;
    private CompletableFuture<Score> score;

    Pending(long offset, byte[] value) {
        this.offset = offset;
        this.value = value;
    }

    long offset() {
        return offset;
    }

    byte[] value() {
        return value;
    }

    /** When it was polled, as {@link System#nanoTime}. */
    long since() {
        return since;
    }

    EventSource source() {
        return source;
    }

    boolean isSubmitted() {
        return score != null;
    }

    CompletableFuture<Score> score() {
        return score;
    }

    /** Submits the image if the engine has room for its bytes. */
    boolean trySubmit(ScoringEngine engine, EventSource fresh) {
        return isIn(engine.trySubmit(fresh, value.length), fresh);
    }

    /** Submits the image, once more if need be, if the engine has room for its bytes in time. */
    boolean trySubmit(ScoringEngine engine, EventSource fresh, Duration patience) throws InterruptedException {
        return isIn(engine.trySubmit(fresh, value.length, patience), fresh);
    }

    private boolean isIn(Optional<CompletableFuture<Score>> submitted, EventSource fresh) {
        submitted.ifPresent(future -> {
            source = fresh;
            score = future;
        });
        return submitted.isPresent();
    }
}
