package io.oodmonitor.stream.prefetch;

import io.oodmonitor.scoring.ImageSource;
import io.oodmonitor.scoring.Score;
import io.oodmonitor.scoring.ScoringEngine;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets records into the engine in the order in which they were polled, whatever their partition: the next ones as soon
 * as others have left it, whether or not a stream thread has time. While images fail for what they are not to blame for,
 * none are let in that would only fail, too: those that are claimed meanwhile are tried again, and show when it is over.
 * Thread-safe.
 */
final class Admission {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_STAY = Duration.ofSeconds(10);

    private final ScoringEngine engine;
    private final long longestPauseNanos;
    private final long longestStayNanos;
    private final Queue<Pending> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile long leftAt = System.nanoTime();
    private volatile boolean closed;

    Admission(ScoringEngine engine) {
        this(engine, LONGEST_PAUSE, LONGEST_STAY);
    }

    /**
     * @param longestPause for which no image may leave the engine
     * @param longestStay  for which an image may be in the engine while others leave it
     */
    Admission(ScoringEngine engine, Duration longestPause, Duration longestStay) {
        this.engine = engine;
        this.longestPauseNanos = longestPause.toNanos();
        this.longestStayNanos = longestStay.toNanos();
    }

    /** Puts a record at the end of the queue. */
    void add(Pending record) {
        waiting.add(record);
    }

    /** Submits those at the head of the queue, as far as the engine has room. Never waits. */
    void admit() {
        if (calls.getAndIncrement() > 0) {
            // Whoever is at it, another thread or this one further up its stack, looks once more.
            return;
        }
        int seen;
        do {
            seen = calls.get();
            Pending first = waiting.peek();
            while (first != null && !isClosed() && first.isServed(this::trySubmit)) {
                waiting.remove();
                first = waiting.peek();
            }
        } while (!calls.compareAndSet(seen, 0));
    }

    private Optional<CompletableFuture<Score>> trySubmit(Pending record) {
        return trySubmit(record.source(), record.source().bytes());
    }

    /** Submits an image beside the queue, if the engine has room for its bytes. */
    Optional<CompletableFuture<Score>> trySubmit(ImageSource source, int bytes) {
        return watched(engine.trySubmit(source, bytes));
    }

    /** Submits a record that is taken, once more if need be, if the engine has room for it in time. */
    boolean trySubmit(Pending record, Duration patience) throws InterruptedException {
        Optional<CompletableFuture<Score>> submitted =
                watched(engine.trySubmit(record.source(), record.source().bytes(), patience));
        submitted.ifPresent(record::submitted);
        return submitted.isPresent();
    }

    private Optional<CompletableFuture<Score>> watched(Optional<CompletableFuture<Score>> submitted) {
        submitted.ifPresent(future -> future.whenComplete((score, failure) -> {
            leftAt = System.nanoTime();
            closed = failure != null && Rejection.mayPass(failure);
            if (!waiting.isEmpty()) {
                admit();
            }
        }));
        return submitted;
    }

    /** Whether images fail that are not to blame. */
    boolean isClosed() {
        return closed;
    }

    /** Whether whoever processes a record had better wait for it there, and do something about it. */
    boolean hangs(Pending record) {
        long now = System.nanoTime();
        return now - Math.max(record.since(), leftAt) > longestPauseNanos
                || record.isSubmitted() && now - record.submittedAt() > longestStayNanos;
    }
}
