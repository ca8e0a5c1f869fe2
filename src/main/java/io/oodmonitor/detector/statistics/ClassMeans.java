package io.oodmonitor.detector.statistics;

import java.util.stream.IntStream;

/**
 * Mean features of each class. The arrays are not copied: treat it as immutable.
 *
 * @param features d
 * @param counts   images of each class, length C; 0 for a class that no image had
 * @param means    row-major C x d, finite; zeros for a class without images
 */
public record ClassMeans(int features, double[] counts, double[] means) {

    public ClassMeans {
        if (means.length != (long) counts.length * features) {
            throw new IllegalArgumentException("the means of " + counts.length + " classes and " + features
                    + " features must hold " + (long) counts.length * features + " values, but hold " + means.length);
        }
        double images = 0;
        for (double count : counts) {
            if (!(count >= 0 && count < 1e15 && count == Math.rint(count))) {
                throw new IllegalArgumentException("images of a class must be a whole number, but are " + count);
            }
            images += count;
        }
        if (images == 0) {
            throw new IllegalArgumentException("class means need at least 1 image, but got none");
        }
        for (double mean : means) {
            if (!Double.isFinite(mean)) {
                throw new IllegalArgumentException("class means must be finite, but one is " + mean);
            }
        }
    }

    public double mean(int c, int j) {
        return means[c * features + j];
    }

    /** The classes that had images, ascending. */
    public int[] seen() {
        return IntStream.range(0, counts.length).filter(c -> counts[c] > 0).toArray();
    }

    /** Images of all classes. */
    public double images() {
        double images = 0;
        for (double count : counts) {
            images += count;
        }
        return images;
    }

    /** The share of the images that are of one class. */
    double share(int c) {
        return counts[c] / images();
    }

    /** The mean over all images, length d. */
    double[] overall() {
        double[] mean = new double[features];
        for (int c : seen()) {
            for (int j = 0; j < features; j++) {
                mean[j] += share(c) * mean(c, j);
            }
        }
        return mean;
    }
}
