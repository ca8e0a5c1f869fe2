package io.oodmonitor.image;

/**
 * Along one direction: which old pixels make each new pixel, and with what weights. These and their rounding are from
 * Pillow's Resample.c (precompute_coeffs, normalize_coeffs_8bpc): the filter is stretched by the shrink factor, so that
 * every old pixel counts, and weights are whole multiples of 2^-22. Immutable.
 */
final class ResampleWeights {
    /** Bits after the point: a sum of products has to fit into an int, with room for two bits of overshoot. */
    static final int PRECISION_BITS = 32 - 8 - 2;

    private final int span;
    private final int[] starts;
    private final int[] counts;
    private final int[] weights;

    private ResampleWeights(int span, int size) {
        this.span = span;
        this.starts = new int[size];
        this.counts = new int[size];
        this.weights = new int[span * size];
    }

    /** For new pixels {@code from} to {@code from + count} of the {@code newSize} that {@code oldSize} become. */
    static ResampleWeights of(int oldSize, int newSize, int from, int count, Interpolation interpolation) {
        if (interpolation == Interpolation.NEAREST) {
            return nearest(oldSize, newSize, from, count);
        }
        double scale = (double) oldSize / newSize;
        double stretch = Math.max(scale, 1);
        double support = interpolation.support() * stretch;
        ResampleWeights result = new ResampleWeights((int) Math.ceil(support) * 2 + 1, count);
        double[] shares = new double[result.span];
        for (int i = 0; i < count; i++) {
            double centre = (from + i + 0.5) * scale;
            int start = Math.max(0, (int) (centre - support + 0.5));
            int length = Math.min(oldSize, (int) (centre + support + 0.5)) - start;
            double sum = 0;
            for (int k = 0; k < length; k++) {
                shares[k] = interpolation.weight((k + start - centre + 0.5) * (1 / stretch));
                sum += shares[k];
            }
            result.starts[i] = start;
            result.counts[i] = length;
            for (int k = 0; k < length; k++) {
                double share = sum == 0 ? shares[k] : shares[k] / sum;
                result.weights[i * result.span + k] = (int) ((share < 0 ? -0.5 : 0.5) + share * (1 << PRECISION_BITS));
            }
        }
        return result;
    }

    /** Adds up the steps as Pillow's Geometry.c (ImagingScaleAffine) does, so that ties fall to the same side. */
    private static ResampleWeights nearest(int oldSize, int newSize, int from, int count) {
        double scale = (double) oldSize / newSize;
        ResampleWeights result = new ResampleWeights(1, count);
        double position = scale * 0.5;
        for (int i = 0; i < from + count; i++, position += scale) {
            if (i >= from) {
                result.starts[i - from] = Math.min(oldSize - 1, (int) position);
                result.counts[i - from] = 1;
                result.weights[i - from] = 1 << PRECISION_BITS;
            }
        }
        return result;
    }

    /** The first old pixel of new pixel i. */
    int start(int i) {
        return starts[i];
    }

    /** How many old pixels make new pixel i. */
    int count(int i) {
        return counts[i];
    }

    /** All weights; those of new pixel i start at {@link #weightsAt}. */
    int[] weights() {
        return weights;
    }

    int weightsAt(int i) {
        return i * span;
    }
}
