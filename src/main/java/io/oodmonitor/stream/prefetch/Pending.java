package io.oodmonitor.stream.prefetch;

import io.oodmonitor.scoring.Score;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A record that was polled and not yet processed. Thread-safe. */
final class Pending {

    private final long offset;
    private final EventSource source;
    private final long since = System.nanoTime();
    private boolean taken;
    private long submittedAt;
    private CompletableFuture<Score> score;

    Pending(long offset, EventSource source) {
        this.offset = offset;
        this.source = source;
    }

    long offset() {
        return offset;
    }

    EventSource source() {
        return source;
    }

    /** When it was polled, as {@link System#nanoTime}. */
    long since() {
        return since;
    }

    /** From now on only its claimer submits it, or nobody, as it was passed over. */
    synchronized void take() {
        taken = true;
    }

    /**
     * Submits it, if neither it is in the engine already nor others see to that.
     *
     * @return false if there was no room
     */
    synchronized boolean isServed(Function<Pending, Optional<CompletableFuture<Score>>> engine) {
        if (!taken && score == null) {
            engine.apply(this).ifPresent(this::submitted);
        }
        return taken || score != null;
    }

    /** It is in the engine, perhaps again. */
    synchronized void submitted(CompletableFuture<Score> future) {
        submittedAt = System.nanoTime();
        score = future;
    }

    synchronized boolean isSubmitted() {
        return score != null;
    }

    /** When it was submitted last, as {@link System#nanoTime}. */
    synchronized long submittedAt() {
        return submittedAt;
    }

    /** Whether its score is there, or what made that impossible. */
    synchronized boolean isSettled() {
        return score != null && score.isDone();
    }

    /** Null until it is submitted. */
    synchronized CompletableFuture<Score> score() {
        return score;
    }
}
