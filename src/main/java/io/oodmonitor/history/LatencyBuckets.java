package io.oodmonitor.history;

/**
 * Buckets of whole milliseconds: one each up to 16 ms, from then on 16 between a power of two and the next, so that
 * none is wider than a sixteenth of what is in it. Stateless.
 */
final class LatencyBuckets {

    private static final int SHIFT = 4;
    private static final int STEPS = 1 << SHIFT;
    /** 2^36 ms are two years. */
    private static final int MOST_BITS = 36;

    static final int COUNT = STEPS + (MOST_BITS - SHIFT) * STEPS;

    private LatencyBuckets() {}

    /** @param millis 0 or more */
    static int of(long millis) {
        if (millis < STEPS) {
            return (int) millis;
        }
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(millis) - SHIFT;
        int bucket = STEPS + octave * STEPS + (int) (millis >> octave) - STEPS;
        return Math.min(bucket, COUNT - 1);
    }

    /** The middle of a bucket, in milliseconds. */
    static double middle(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int octave = (bucket - STEPS) / STEPS;
        long low = (long) (bucket % STEPS + STEPS) << octave;
        return low + ((1L << octave) - 1) / 2.0;
    }

    /** The value that a share of so many lie at or below, as far as buckets tell; NaN if there is none. */
    static double quantile(long[] counts, long sum, double share) {
        long rank = Math.max(1, (long) Math.ceil(share * sum));
        for (int i = 0; i < counts.length; i++) {
            rank -= counts[i];
            if (rank <= 0) {
                return middle(i);
            }
        }
        return Double.NaN;
    }
}
