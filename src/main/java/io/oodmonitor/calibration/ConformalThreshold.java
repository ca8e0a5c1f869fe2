package io.oodmonitor.calibration;

import java.util.Arrays;
import java.util.Optional;

/**
 * A threshold taken from calibration scores. An image is out of distribution if its score is strictly below it; for
 * images exchangeable with the calibration images that happens with probability at most {@link #expectedRate()}, which
 * is at most the target, whatever the distribution of the scores (derived in {@link ConformalRank}). Immutable.
 *
 * @param threshold            the rank-th smallest calibration score, finite
 * @param rank                 floor(targetFalseAlarmRate * (samples + 1)), from 1
 * @param samples              the number of calibration scores
 * @param targetFalseAlarmRate the share of in-distribution images that may be flagged, above 0 and below 1
 */
public record ConformalThreshold(double threshold, int rank, int samples, double targetFalseAlarmRate) {

    public ConformalThreshold {
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("threshold must be finite, but is " + threshold);
        }
        ConformalRank.requireRate(targetFalseAlarmRate);
        new ConformalRank(rank, samples);
    }

    /**
     * The threshold that keeps the target for these scores, in any order.
     *
     * @return empty if there are fewer scores than 1 / target - 1: no threshold keeps the target then
     */
    public static Optional<ConformalThreshold> of(double[] scores, double targetFalseAlarmRate) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        if (sorted.length > 0) {
            // Sorting puts NaN last: the two ends are finite only if everything is.
            requireFinite(sorted[0]);
            requireFinite(sorted[sorted.length - 1]);
        }
        return ConformalRank.of(sorted.length, targetFalseAlarmRate)
                .map(rank -> of(sorted[rank.rank() - 1], rank, targetFalseAlarmRate));
    }

    static ConformalThreshold of(double threshold, ConformalRank rank, double targetFalseAlarmRate) {
        return new ConformalThreshold(threshold, rank.rank(), rank.samples(), targetFalseAlarmRate);
    }

    /** Whether an image of this score is out of distribution. */
    public boolean flags(double score) {
        return score < threshold;
    }

    /** Rank and samples: all that the number of false alarms depends on. */
    public ConformalRank conformalRank() {
        return new ConformalRank(rank, samples);
    }

    /** The share of in-distribution images to expect below the threshold: rank / (samples + 1). */
    public double expectedRate() {
        return conformalRank().expectedRate();
    }

    /** How many of so many in-distribution images are flagged: Beta-Binomial(images; rank, samples + 1 - rank). */
    public BetaBinomial flagged(long images) {
        return conformalRank().flagged(images);
    }

    static void requireFinite(double score) {
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("calibration scores must be finite, but one is " + score);
        }
    }
}
