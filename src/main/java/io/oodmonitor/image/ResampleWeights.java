package io.oodmonitor.image;

/**
 * Along one direction: which old pixels make each new pixel, and with what weights. These and their rounding are from
 * Pillow's Resample.c (precompute_coeffs, normalize_coeffs_8bpc): the filter is stretched by the shrink factor, so that
 * every old pixel counts, and weights are whole multiples of 2^-22. Every new pixel is made of the same number of old
 * ones, some with weight 0, and none starts before the one before it. Immutable.
 */
final class ResampleWeights {
    /** Bits after the point: a sum of products has to fit into an int, with room for two bits of overshoot. */
    static final int PRECISION_BITS = 32 - 8 - 2;

    private final int taps;
    private final int[] starts;
    private final int[] weights;

    private ResampleWeights(int taps, int size) {
        this.taps = taps;
        this.starts = new int[size];
        this.weights = new int[taps * size];
    }

    /**
     * For new pixels {@code from} to {@code from + count} of the {@code newSize} that {@code oldSize} become, each made
     * of at least {@code leastTaps} old ones if there are so many.
     */
    static ResampleWeights of(int oldSize, int newSize, int from, int count, Interpolation interpolation,
            int leastTaps) {
        if (interpolation == Interpolation.NEAREST || oldSize == newSize) {
            return nearest(oldSize, newSize, from, count);
        }
        double scale = (double) oldSize / newSize;
        double stretch = Math.max(scale, 1);
        double support = interpolation.support() * stretch;
        int[] starts = new int[count];
        int[] lengths = new int[count];
        int taps = Math.min(leastTaps, oldSize);
        for (int i = 0; i < count; i++) {
            double centre = (from + i + 0.5) * scale;
            starts[i] = Math.max(0, (int) (centre - support + 0.5));
            lengths[i] = Math.min(oldSize, (int) (centre + support + 0.5)) - starts[i];
            taps = Math.max(taps, lengths[i]);
        }
        ResampleWeights result = new ResampleWeights(taps, count);
        double[] shares = new double[taps];
        for (int i = 0; i < count; i++) {
            double centre = (from + i + 0.5) * scale;
            double sum = 0;
            for (int k = 0; k < lengths[i]; k++) {
                shares[k] = interpolation.weight((k + starts[i] - centre + 0.5) * (1 / stretch));
                sum += shares[k];
            }
            result.starts[i] = Math.min(starts[i], oldSize - taps);
            int at = i * taps + starts[i] - result.starts[i];
            for (int k = 0; k < lengths[i]; k++) {
                double share = sum == 0 ? shares[k] : shares[k] / sum;
                result.weights[at + k] = (int) ((share < 0 ? -0.5 : 0.5) + share * (1 << PRECISION_BITS));
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
                result.weights[i - from] = 1 << PRECISION_BITS;
            }
        }
        return result;
    }

    /** How many new pixels there are. */
    int size() {
        return starts.length;
    }

    /** The first old pixel of each new pixel. */
    int[] starts() {
        return starts;
    }

    /** The first old pixel of new pixel i. */
    int start(int i) {
        return starts[i];
    }

    /** Behind the last old pixel of new pixel i. */
    int end(int i) {
        return starts[i] + taps;
    }

    /** How many old pixels make a new one. */
    int taps() {
        return taps;
    }

    /** All weights; those of new pixel i start at i x {@link #taps}. */
    int[] weights() {
        return weights;
    }

    /** The weight of an old pixel in new pixel i. */
    int weight(int i, int old) {
        return weights[i * taps + old - starts[i]];
    }

    /** The most new pixels that share an old one. */
    int overlap() {
        int most = 1;
        for (int i = 0, first = 0; i < starts.length; i++) {
            while (end(first) <= starts[i]) {
                first++;
            }
            most = Math.max(most, i - first + 1);
        }
        return most;
    }
}
