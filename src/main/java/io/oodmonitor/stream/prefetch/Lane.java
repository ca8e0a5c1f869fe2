package io.oodmonitor.stream.prefetch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The records of one partition that were polled and not yet processed, in order; those that are submitted to the engine
 * come first. Thread-safe.
 *
 * <p>It holds no bytes that its consumer or Kafka Streams does not hold too: a record leaves it when the stream
 * processes that record or a later one, or when the partition is revoked.
 */
final class Lane {

    private final Deque<Pending> polled = new ArrayDeque<>();
    private Pending claimed;
    private long last = -1;

    synchronized void add(Pending record) {
        if (record.offset() <= last) {
            // The consumer went back, to its last commit: what it had polled beyond it is polled again.
            clear();
        }
        last = record.offset();
        polled.add(record);
    }

    /** Takes the record of this offset, or the given one if it was never polled; drops those before it. */
    synchronized Pending claim(long offset, Supplier<Pending> unpolled) {
        while (!polled.isEmpty() && polled.peek().offset() < offset) {
            polled.remove().take();
        }
        claimed = !polled.isEmpty() && polled.peek().offset() == offset ? polled.remove() : unpolled.get();
        claimed.take();
        return claimed;
    }

    /** The record that was claimed last has its outcome. */
    synchronized void release() {
        claimed = null;
    }

    /** Forgets what nobody claimed. */
    synchronized void clear() {
        polled.forEach(Pending::take);
        polled.clear();
    }

    /** What has no outcome yet, the record that is claimed among it. */
    synchronized Backlog backlog() {
        Pending oldest = claimed != null ? claimed : polled.peek();
        return oldest == null ? Backlog.NONE : new Backlog(polled.size() + (claimed == null ? 0 : 1),
                Duration.ofNanos(System.nanoTime() - oldest.since()));
    }

    /** Whether the engine had no room yet for some of them. */
    synchronized boolean waits() {
        return !polled.isEmpty() && !polled.getLast().isSubmitted();
    }

    /** The offset before which none needs to be waited for: that of the first without an outcome, unless it hangs. */
    synchronized long settledBefore(Predicate<Pending> hangs) {
        for (Pending record : polled) {
            if (!record.isSettled()) {
                return hangs.test(record) ? Long.MAX_VALUE : record.offset();
            }
        }
        return Long.MAX_VALUE;
    }
}
