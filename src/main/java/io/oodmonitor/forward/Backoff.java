package io.oodmonitor.forward;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between tries: they double up to a bound, and each is drawn from the upper half of what it may be, so that
 * many senders do not come back at once. Immutable.
 *
 * @param first   the most after the first failure
 * @param longest the most after many
 */
public record Backoff(Duration first, Duration longest) {

    /** Half a second, and a minute at last. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1));

    private static final int MOST_DOUBLINGS = 20;

    public Backoff {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("Pauses must be at least a millisecond and not fall, but are " + first
                    + " to " + longest);
        }
    }

    /** @param failures how many tries failed one after the other, from 1 */
    Duration pause(int failures, RandomGenerator random) {
        long most = Math.min(first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS), longest.toMillis());
        return Duration.ofMillis(most - random.nextLong(most / 2 + 1));
    }
}
