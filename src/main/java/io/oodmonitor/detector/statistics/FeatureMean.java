package io.oodmonitor.detector.statistics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * E[h], the mean feature vector of in-distribution images. Immutable.
 *
 * @param values one mean a feature, all finite
 */
public record FeatureMean(double[] values) {

    public FeatureMean {
        values = values.clone();
        if (values.length == 0) {
            throw new IllegalArgumentException("a feature mean must hold at least 1 value, but holds none");
        }
        for (int j = 0; j < values.length; j++) {
            if (!Double.isFinite(values[j])) {
                throw new IllegalArgumentException(
                        "a feature mean must be finite, but the mean of feature " + j + " is " + values[j]);
            }
        }
    }

    /** Reads a one-dimensional NumPy array of float64 or float32. */
    public static FeatureMean read(Path file) throws IOException {
        return new FeatureMean(NpyArray.read(file, 1).doubles());
    }

    /** Writes a NumPy array, float64[{@link #features()}]. */
    public void write(Path file) throws IOException {
        NpyArray.write(file, values, values.length);
    }

    public int features() {
        return values.length;
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureMean mean && Arrays.equals(values, mean.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "FeatureMean[" + values.length + " features]";
    }
}
