package io.oodmonitor.stream.prefetch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/**
 * The records of one partition that were polled and not yet processed, in order; the first of them submitted to the
 * engine, the rest waiting until it has room. Thread-safe.
 *
 * <p>It holds no bytes that Kafka Streams does not hold too: a record leaves it when the stream processes that record
 * or a later one, or when the partition is revoked.
 */
final class Lane {

    private final Deque<Pending> submitted = new ArrayDeque<>();
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private Pending claimed;
    private long last = -1;

    synchronized void add(Pending record) {
        if (record.offset() <= last) {
            // The consumer went back, to its last commit: what it had polled beyond it is polled again.
            submitted.clear();
            waiting.clear();
        }
        last = record.offset();
        waiting.add(record);
    }

    /** Takes the record of this offset, or a new one if it was never polled; drops those before it. */
    synchronized Pending claim(long offset, byte[] value) {
        Pending found = take(submitted, offset);
        if (found == null) {
            found = take(waiting, offset);
        }
        claimed = found == null ? new Pending(offset, value) : found;
        return claimed;
    }

    /** The record that was claimed last has its outcome. */
    synchronized void release() {
        claimed = null;
    }

    /** What has no outcome yet, the record that is claimed among it. */
    synchronized Backlog backlog() {
        Pending oldest = claimed != null ? claimed : submitted.isEmpty() ? waiting.peek() : submitted.peek();
        return oldest == null ? Backlog.NONE
                : new Backlog(submitted.size() + waiting.size() + (claimed == null ? 0 : 1),
                        Duration.ofNanos(System.nanoTime() - oldest.since()));
    }

    /**
     * The offset before which no record needs to be waited for: the first one's that is in the engine, while there was
     * room for all behind it, and it is not there for long.
     */
    synchronized long settledBefore(Duration patience) {
        if (waiting.isEmpty()) {
            for (Pending record : submitted) {
                if (!record.score().isDone()) {
                    boolean late = System.nanoTime() - record.since() > patience.toNanos();
                    return late ? Long.MAX_VALUE : record.offset();
                }
            }
        }
        return Long.MAX_VALUE;
    }

    private static Pending take(Deque<Pending> records, long offset) {
        while (!records.isEmpty() && records.peek().offset() < offset) {
            records.remove();
        }
        return !records.isEmpty() && records.peek().offset() == offset ? records.remove() : null;
    }

    /** Submits waiting records in order while they are accepted. */
    synchronized void pump(Predicate<Pending> submit) {
        while (!waiting.isEmpty() && submit.test(waiting.peek())) {
            submitted.add(waiting.remove());
        }
    }
}
