package io.oodmonitor.calibration;

import java.util.Arrays;

/** How far two samples' distributions are apart. */
public final class KolmogorovSmirnov {

    private KolmogorovSmirnov() {}

    /**
     * The two-sample Kolmogorov-Smirnov statistic: the largest difference between the shares of either that are at most
     * some value.
     *
     * @param a finite, in any order
     * @param b finite, in any order
     * @return 0 for the same distribution, 1 for two that do not overlap
     */
    public static double distance(double[] a, double[] b) {
        if (a.length == 0 || b.length == 0) {
            throw new IllegalArgumentException("both samples need at least one value, but they have " + a.length
                    + " and " + b.length);
        }
        double[] first = a.clone();
        double[] second = b.clone();
        Arrays.sort(first);
        Arrays.sort(second);
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < first.length && j < second.length) {
            double value = Math.min(first[i], second[j]);
            i = pass(first, i, value);
            j = pass(second, j, value);
            largest = Math.max(largest, Math.abs((double) i / first.length - (double) j / second.length));
        }
        return largest;
    }

    /** The index of the first above a value. */
    private static int pass(double[] sorted, int from, double value) {
        int index = from;
        while (index < sorted.length && sorted[index] <= value) {
            index++;
        }
        return index;
    }
}
