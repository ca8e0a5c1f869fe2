package io.oodmonitor.detector.statistics;

import java.util.Arrays;

/**
 * Percentiles of activations in steps of 0.1. Immutable.
 *
 * @param values percentiles 0 to 100, {@value #COUNT} of them, ascending and finite
 */
public record ActivationQuantiles(double[] values) {

    public static final int COUNT = 1001;

    public ActivationQuantiles {
        values = values.clone();
        if (values.length != COUNT) {
            throw new IllegalArgumentException(
                    "percentiles of activations must be " + COUNT + ", but are " + values.length);
        }
        for (int i = 0; i < COUNT; i++) {
            if (!Double.isFinite(values[i]) || i > 0 && values[i] < values[i - 1]) {
                throw new IllegalArgumentException(
                        "percentiles of activations must be finite and ascend, but number " + i + " is " + values[i]);
            }
        }
    }

    /** @param percent 0 to 100, a multiple of 0.1 */
    public double percentile(double percent) {
        return values[(int) Math.rint(percent * 10)];
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ActivationQuantiles quantiles && Arrays.equals(values, quantiles.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
