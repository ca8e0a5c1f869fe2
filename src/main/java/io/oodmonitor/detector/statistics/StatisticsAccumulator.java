package io.oodmonitor.detector.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Takes all statistics of features in one pass, in double precision, in memory that does not grow with the number of
 * images. The order of the images changes nothing but the last bits of sums. Not safe for use by several threads.
 */
public final class StatisticsAccumulator {

    /** An image in the bank: those of the lowest keys stay. */
    private record Banked(long key, float[] features) {
    }

    private final int features;
    private final double[] counts;
    private final double[] sums;
    private final double[] products;
    private final ActivationHistogram activations = new ActivationHistogram();
    private final int bankSize;
    private final PriorityQueue<Banked> bank =
            new PriorityQueue<>(Comparator.comparingLong(Banked::key).reversed());
    private long images;

    /**
     * @param classes  of the network
     * @param bankSize how many images' features to keep at most, at least 1
     */
    public StatisticsAccumulator(int classes, int features, int bankSize) {
        this.features = features;
        this.counts = new double[classes];
        this.sums = new double[classes * features];
        this.products = new double[Math.multiplyExact(features, features)];
        this.bankSize = bankSize;
    }

    /**
     * Adds an image.
     *
     * @param h     its features, finite
     * @param label its class
     * @param key   evenly spread over all longs and a property of the image alone: it decides which images the bank
     *              keeps, whatever their order
     */
    public void add(float[] h, int label, long key) {
        if (h.length != features) {
            throw new IllegalArgumentException("expected " + features + " features, but got " + h.length);
        }
        counts[label]++;
        for (int j = 0; j < features; j++) {
            double value = h[j];
            sums[label * features + j] += value;
            activations.add(h[j]);
            // The lower triangle alone: the matrix is symmetric. Most features of a ReLU network are zero.
            if (value != 0) {
                int row = j * features;
                for (int i = 0; i <= j; i++) {
                    products[row + i] += value * h[i];
                }
            }
        }
        images++;
        bank.add(new Banked(key, h));
        if (bank.size() > bankSize) {
            bank.remove();
        }
    }

    /** Images added so far. */
    public long images() {
        return images;
    }

    /** E[h]; at least one image. */
    public FeatureMean mean() {
        requireImages();
        double[] mean = new double[features];
        for (int i = 0; i < sums.length; i++) {
            mean[i % features] += sums[i];
        }
        for (int j = 0; j < features; j++) {
            mean[j] /= images;
        }
        return new FeatureMean(mean);
    }

    /** All else; at least one image. */
    public FeatureStatistics statistics() {
        requireImages();
        double[] means = sums.clone();
        for (int i = 0; i < means.length; i++) {
            means[i] = counts[i / features] == 0 ? 0 : means[i] / counts[i / features];
        }
        double[] moment = new double[products.length];
        for (int i = 0; i < features; i++) {
            for (int j = 0; j <= i; j++) {
                moment[i * features + j] = products[i * features + j] / images;
                moment[j * features + i] = moment[i * features + j];
            }
        }
        return new FeatureStatistics(activations.quantiles(), new ClassMeans(features, counts.clone(), means),
                new SecondMoment(features, moment), bank());
    }

    private FeatureBank bank() {
        Banked[] kept = bank.toArray(Banked[]::new);
        Arrays.sort(kept, Comparator.comparingLong(Banked::key));
        float[] values = new float[kept.length * features];
        for (int row = 0; row < kept.length; row++) {
            System.arraycopy(kept[row].features(), 0, values, row * features, features);
        }
        return new FeatureBank(features, values);
    }

    private void requireImages() {
        if (images == 0) {
            throw new IllegalStateException("statistics need at least 1 image, but got none");
        }
    }
}
