package io.oodmonitor.detector.statistics;

/**
 * E[h h^T]. The array is not copied on the way in: treat it as immutable.
 *
 * @param values row-major d x d, finite
 */
public record SecondMoment(int features, double[] values) {

    public SecondMoment {
        if (values.length != (long) features * features) {
            throw new IllegalArgumentException("the second moment of " + features + " features must hold "
                    + (long) features * features + " values, but holds " + values.length);
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a second moment must be finite, but one of its values is " + value);
            }
        }
    }

    /** A copy. */
    @Override
    public double[] values() {
        return values.clone();
    }
}
