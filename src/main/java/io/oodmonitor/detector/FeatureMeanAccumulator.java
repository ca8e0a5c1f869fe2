package io.oodmonitor.detector;

/** Sums feature vectors in one pass, in double precision. Not safe for use by several threads. */
public final class FeatureMeanAccumulator {

    private final double[] sums;
    private long count;

    public FeatureMeanAccumulator(int features) {
        sums = new double[features];
    }

    /** @param h one vector of features, all finite */
    public void add(float[] h) {
        if (h.length != sums.length) {
            throw new IllegalArgumentException("expected " + sums.length + " features, but got " + h.length);
        }
        for (int j = 0; j < h.length; j++) {
            sums[j] += h[j];
        }
        count++;
    }

    public long count() {
        return count;
    }

    /** The mean of all that was added; at least one vector. */
    public FeatureMean mean() {
        if (count == 0) {
            throw new IllegalStateException("a feature mean needs at least 1 image, but got none");
        }
        double[] means = new double[sums.length];
        for (int j = 0; j < means.length; j++) {
            means[j] = sums[j] / count;
        }
        return new FeatureMean(means);
    }
}
