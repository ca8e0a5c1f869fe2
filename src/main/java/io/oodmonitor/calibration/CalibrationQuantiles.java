package io.oodmonitor.calibration;

import java.util.Arrays;

/**
 * Calibration scores condensed to at most 1,024 of them, enough for conformal p-values. Up to 1,024 scores all are kept
 * and p-values are exact; beyond, they are rounded up, by less than 1/1,024, and never down. Immutable.
 */
public final class CalibrationQuantiles {

    /** The most order statistics that are kept. */
    public static final int CAPACITY = 1024;

    private final double[] values;
    private final int samples;

    private CalibrationQuantiles(double[] values, int samples) {
        this.values = values;
        this.samples = samples;
    }

    /** Condenses scores, in any order. */
    public static CalibrationQuantiles ofScores(double[] scores) {
        if (scores.length == 0) {
            throw new IllegalArgumentException("calibration quantiles need at least one score, but there is none");
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted.length, rank -> sorted[rank - 1]);
    }

    /** The same order statistics again, as {@link #values()} gave them. */
    public static CalibrationQuantiles restore(double[] values, int samples) {
        if (values.length < 1 || values.length > CAPACITY || values.length > samples) {
            throw new IllegalArgumentException("between 1 and " + Math.min(CAPACITY, samples)
                    + " quantiles were expected of " + samples + " samples, but there are " + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            ConformalThreshold.requireFinite(values[i]);
            if (i > 0 && values[i] < values[i - 1]) {
                throw new IllegalArgumentException(
                        "quantiles must ascend, but " + values[i] + " follows " + values[i - 1]);
            }
        }
        return new CalibrationQuantiles(values.clone(), samples);
    }

    static CalibrationQuantiles ofSorted(int samples, OrderStatistics scores) {
        double[] values = new double[Math.min(samples, CAPACITY)];
        for (int i = 0; i < values.length; i++) {
            values[i] = scores.ofRank(rank(i, values.length, samples));
        }
        return restore(values, samples);
    }

    /** The rank, from 1, of entry i of so many: ceil((i + 1) * samples / entries). */
    private static int rank(int i, int entries, int samples) {
        return (int) (((i + 1L) * samples + entries - 1) / entries);
    }

    /**
     * The conformal p-value (1 + number of calibration scores that are at most this) / (samples + 1): for
     * in-distribution images, P(p-value &lt;= u) is at most u for every u.
     *
     * @return 1 / (samples + 1) to 1; rounded up where not all scores were kept
     */
    public double pValue(double score) {
        int low = 0;
        int high = values.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] <= score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // INVARIANT: entry low is the first above the score, so fewer than rank(low) calibration scores are at most the
        // score; the last entry is the largest of all, so past it every one is.
        return low == values.length ? 1 : rank(low, values.length, samples) / (samples + 1.0);
    }

    /** The order statistics, ascending: entry i of q is the score of rank ceil((i + 1) * samples / q). A copy. */
    public double[] values() {
        return values.clone();
    }

    /** How many calibration scores these stand for. */
    public int samples() {
        return samples;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CalibrationQuantiles that
                && samples == that.samples && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * samples + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "CalibrationQuantiles[" + values.length + " of " + samples + " samples, " + values[0] + " to "
                + values[values.length - 1] + "]";
    }

    /** Sorted scores, by rank from 1. */
    @FunctionalInterface
    interface OrderStatistics {
        double ofRank(int rank);
    }
}
