package io.oodmonitor.detector.statistics;

import java.util.Arrays;

/**
 * The percentile that {@code numpy.percentile(values, p)} returns (method 'linear'), bit for bit.
 *
 * <p>A mask cut at a percentile keeps or drops whole weights, so the last bit matters here.
 */
public final class Percentile {

    private Percentile() {
    }

    /**
     * @param values at least one, none NaN; left as they are
     * @param percent 0 to 100
     */
    public static double linear(double[] values, double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("a percentile must lie between 0 and 100, but is " + percent);
        }
        if (values.length == 0) {
            throw new IllegalArgumentException("a percentile needs at least 1 value, but got none");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        // Arrays.sort puts NaN last.
        if (Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("a percentile needs numbers, but one of the values is NaN");
        }
        double index = (sorted.length - 1) * (percent / 100);
        int below = (int) Math.floor(index);
        if (below >= sorted.length - 1) {
            return sorted[sorted.length - 1];
        }
        double fraction = index - below;
        double a = sorted[below];
        double b = sorted[below + 1];
        // numpy interpolates from the nearer end: lerp() in numpy/lib/function_base.py.
        return fraction < 0.5 ? a + (b - a) * fraction : b - (b - a) * (1 - fraction);
    }
}
