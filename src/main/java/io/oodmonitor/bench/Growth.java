package io.oodmonitor.bench;

import java.util.Comparator;
import java.util.List;

/**
 * Memory late in a long run against memory early in it: the medians of the samples' second and last quarters, as the
 * first quarter warms up, and a single sample means little.
 */
record Growth(long earlyBytes, long lateBytes) {

    private static final double SHARE = 0.05;
    static final long BYTES = 16L << 20;

    /** @param samples at even intervals, 4 at least */
    static Growth of(List<Long> samples) {
        return new Growth(Median.of(quarter(samples, 1), Comparator.naturalOrder()),
                Median.of(quarter(samples, 3), Comparator.naturalOrder()));
    }

    /** One quarter of a list, counted from 0. */
    static <T> List<T> quarter(List<T> all, int index) {
        return all.subList(all.size() * index / 4, all.size() * (index + 1) / 4);
    }

    /** No more than 5% or 16 MiB above, whichever is more. */
    boolean isFlat() {
        return lateBytes - earlyBytes <= Math.max(BYTES, SHARE * earlyBytes);
    }
}
