package io.oodmonitor.stream.prefetch;

import io.oodmonitor.scoring.ImageSource;
import io.oodmonitor.scoring.Score;
import io.oodmonitor.scoring.ScoringEngine;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets records into the engine in the order in which they were polled, whatever their partition: the next ones as soon
 * as others have left it, whether or not a stream thread has time. Before them all go images that no topic carries:
 * somebody waits for those, and they are few. While images fail for what they are not to blame for, no records are let in
 * that would only fail, too: those that are claimed meanwhile are tried again, and show when it is over. Thread-safe.
 */
final class Admission {

    /** The timeout of an image begins where it is processed: little is to be added to that. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST_GUESTS = 16;

    private final ScoringEngine engine;
    private final long longestPauseNanos;
    private final long longestStayNanos;
    private final Queue<Pending> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Guest> guests = new ArrayBlockingQueue<>(MOST_GUESTS);
    private final AtomicInteger calls = new AtomicInteger();
    private volatile long leftAt = System.nanoTime();
    private volatile boolean closed;

    /** An image that no topic carries, and where its score is put. */
    private record Guest(ImageSource source, int bytes, CompletableFuture<Score> score) {}

    Admission(ScoringEngine engine) {
        this(engine, PATIENCE, PATIENCE);
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
        try {
            int seen;
            do {
                seen = calls.get();
                serve();
            } while (!calls.compareAndSet(seen, 0));
        } catch (RuntimeException | Error e) {
            // As memory may lack; the next call is to find nobody at it.
            calls.set(0);
            throw e;
        }
    }

    private void serve() {
        while (!guests.isEmpty() && isServed(guests.peek())) {
            guests.remove();
        }
        Pending first = waiting.peek();
        while (first != null && !isClosed() && first.isServed(this::trySubmit)) {
            waiting.remove();
            first = waiting.peek();
        }
    }

    private boolean isServed(Guest guest) {
        Optional<CompletableFuture<Score>> submitted = watched(engine.trySubmit(guest.source(), guest.bytes()));
        submitted.ifPresent(future -> future.whenComplete((score, failure) -> {
            if (failure == null) {
                guest.score().complete(score);
            } else {
                guest.score().completeExceptionally(failure);
            }
        }));
        return submitted.isPresent();
    }

    private Optional<CompletableFuture<Score>> trySubmit(Pending record) {
        return watched(engine.trySubmit(record.source(), record.source().bytes()));
    }

    /** Submits an image that no topic carries once there is room; empty if too many such images wait for that. */
    Optional<CompletableFuture<Score>> submit(ImageSource source, int bytes) {
        Guest guest = new Guest(source, bytes, new CompletableFuture<>());
        if (!guests.offer(guest)) {
            return Optional.empty();
        }
        admit();
        return Optional.of(guest.score());
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
            if (!guests.isEmpty() || !waiting.isEmpty()) {
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
