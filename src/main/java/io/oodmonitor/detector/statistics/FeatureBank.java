package io.oodmonitor.detector.statistics;

import java.util.Arrays;

/**
 * The features of some in-distribution images. The array is not copied: treat it as immutable.
 *
 * @param features d
 * @param values   row-major n x d, finite, at least one row
 */
public record FeatureBank(int features, float[] values) {

    /** What a norm is increased by before it divides: features that are all zero stay zero. */
    public static final float SMALLEST_NORM = 1e-10f;

    public FeatureBank {
        if (features < 1 || values.length == 0 || values.length % features != 0) {
            throw new IllegalArgumentException("a bank of features must hold whole rows of " + features
                    + " values, at least 1, but holds " + values.length + " values");
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("a bank of features must be finite, but a value is " + value);
            }
        }
    }

    /** How many, n. */
    public int images() {
        return values.length / features;
    }

    /** A copy of one image's features. */
    public float[] row(int image) {
        return Arrays.copyOfRange(values, image * features, (image + 1) * features);
    }

    /** The same scaled to Euclidean norm 1, row-major n x d. */
    public float[] normalized() {
        float[] unit = new float[values.length];
        for (int row = 0; row < values.length; row += features) {
            double square = 0;
            for (int j = 0; j < features; j++) {
                square += (double) values[row + j] * values[row + j];
            }
            double norm = Math.sqrt(square) + SMALLEST_NORM;
            for (int j = 0; j < features; j++) {
                unit[row + j] = (float) (values[row + j] / norm);
            }
        }
        return unit;
    }
}
