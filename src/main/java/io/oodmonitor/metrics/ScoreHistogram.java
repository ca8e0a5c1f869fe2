package io.oodmonitor.metrics;

import io.oodmonitor.calibration.KolmogorovSmirnov;
import io.oodmonitor.stream.processor.Standard;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Two distributions of scores, side by side.
 *
 * @param bounds      ascending; bin i holds scores from bounds[i] on, below bounds[i + 1]; empty without any score
 * @param recent      how many of the last images' scores each bin holds
 * @param calibration which share of the calibration scores each bin holds, 0 to 1; all 0 where there are none
 * @param samples     how many calibration scores there are
 * @param threshold   that images are judged by
 * @param distance    Kolmogorov-Smirnov, of both; empty with too few scores
 */
public record ScoreHistogram(double[] bounds, int[] recent, double[] calibration, int samples,
                             OptionalDouble threshold, OptionalDouble distance) {

    /** Bins that the scores are spread over, at least; fewer than three times as many at most. */
    private static final int BINS = 30;

    /** @param scores of the last images, in any order */
    static ScoreHistogram of(double[] scores, Optional<Standard> standard) {
        double[] quantiles = standard.map(known -> known.quantiles().values()).orElse(new double[0]);
        double[] bounds = bounds(scores, quantiles);
        int bins = Math.max(0, bounds.length - 1);
        int[] recent = new int[bins];
        for (double score : scores) {
            recent[bin(bounds, score)]++;
        }
        double[] calibration = new double[bins];
        for (double quantile : quantiles) {
            calibration[bin(bounds, quantile)] += 1.0 / quantiles.length;
        }
        OptionalDouble distance = scores.length < MonitorGauges.LEAST_SCORES || quantiles.length == 0
                ? OptionalDouble.empty() : OptionalDouble.of(KolmogorovSmirnov.distance(scores, quantiles));
        return new ScoreHistogram(bounds, recent, calibration, standard.map(known -> known.rank().samples()).orElse(0),
                standard.map(known -> OptionalDouble.of(known.threshold())).orElse(OptionalDouble.empty()), distance);
    }

    /** How many of the last images' scores there are. */
    public int recentCount() {
        return Arrays.stream(recent).sum();
    }

    /**
     * Round numbers around the calibration scores and as far again to both sides, as far as there are scores. What lies
     * beyond is in the outer bins, which are wider then: one wild score is not to squeeze all others into one bin.
     */
    private static double[] bounds(double[] scores, double[] quantiles) {
        double[] all = DoubleStream.concat(Arrays.stream(scores), Arrays.stream(quantiles)).sorted().toArray();
        if (all.length == 0) {
            return all;
        }
        double lowest = all[0];
        double highest = all[all.length - 1];
        double low = lowest;
        double high = highest;
        if (quantiles.length > 0 && quantiles[0] < quantiles[quantiles.length - 1]) {
            double range = quantiles[quantiles.length - 1] - quantiles[0];
            low = Math.max(low, quantiles[0] - range);
            high = Math.min(high, quantiles[quantiles.length - 1] + range);
        }
        double step = ScoreBounds.round(low < high ? (high - low) / BINS : 1.0 / BINS).doubleValue();
        long first = (long) Math.floor(low / step);
        long end = (long) Math.floor(high / step) + 1;
        double[] bounds = new double[(int) (end - first) + 1];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = (first + i) * step;
        }
        bounds[0] = Math.min(bounds[0], lowest);
        bounds[bounds.length - 1] = Math.max(bounds[bounds.length - 1], Math.nextUp(highest));
        return bounds;
    }

    private static int bin(double[] bounds, double score) {
        int found = Arrays.binarySearch(bounds, score);
        return Math.min(bounds.length - 2, found < 0 ? -found - 2 : found);
    }
}
