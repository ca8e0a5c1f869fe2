package io.oodmonitor.calibration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Which of the calibration scores is the threshold: the rank-th smallest of so many. This pair alone, without the
 * threshold itself, fixes how often in-distribution images are flagged. Immutable.
 *
 * <p>A score is flagged when it is strictly below the threshold. For exchangeable scores the chance of that is at most
 * rank / (samples + 1), and exactly that if no two scores are equal.
 *
 * @param rank    from 1, the smallest, to samples
 * @param samples the number of calibration scores
 */
public record ConformalRank(int rank, int samples) {

    /*
     * Why rank / (samples + 1). Let k be the rank, n the samples, S_1..S_n the calibration scores and S_0 the new one.
     * S_0 lies below the k-th smallest of S_1..S_n
     *     iff at most k-1 of S_1..S_n are <= S_0
     *     iff at most k of all n+1 scores are <= S_0 (S_0 itself is one of them).
     * Call an index i low if at most k of the n+1 scores are <= S_i. At most k indices are low: the largest of the low
     * scores has all low scores <= it. Exchangeable scores make every index equally likely to be low, so
     *     P(0 is low) = E(number of low indices) / (n+1) <= k / (n+1).
     * Without ties exactly the k smallest are low, which makes it an equality; a tie across rank k only makes low
     * indices fewer.
     *
     * And why Beta-Binomial. Without ties, the m new scores fall among the n old ones in any of the (n+m choose m)
     * arrangements with equal chance; x of them lie below the k-th old one in (x+k-1 choose x)(m-x+n-k choose m-x) of
     * these, which is the Beta-Binomial(m; k, n+1-k). Equivalently: the share of the population below the k-th of n
     * scores is Beta(k, n+1-k). So the spread that a small calibration set causes is part of the distribution, not an
     * error on top of it. Breaking ties at random gives the same count or a larger one, so with ties the count is
     * stochastically smaller: tests that ask for large counts stay valid.
     */

    public ConformalRank {
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be at least 1, but is " + samples);
        }
        if (rank < 1 || rank > samples) {
            throw new IllegalArgumentException("rank must be in 1 to " + samples + " (samples), but is " + rank);
        }
    }

    /**
     * The highest rank that flags at most the target share: floor(target * (samples + 1)). The target is taken as the
     * decimal number it is written as, so that 0.29 of 100 is 29.
     *
     * @return empty if that is 0, when samples &lt; 1 / target - 1
     */
    public static Optional<ConformalRank> of(int samples, double targetFalseAlarmRate) {
        if (samples < 0) {
            throw new IllegalArgumentException("samples must be at least 0, but is " + samples);
        }
        requireRate(targetFalseAlarmRate);
        int rank = BigDecimal.valueOf(targetFalseAlarmRate).multiply(BigDecimal.valueOf(samples + 1L))
                .setScale(0, RoundingMode.FLOOR).intValueExact();
        return rank == 0 ? Optional.empty() : Optional.of(new ConformalRank(rank, samples));
    }

    /** The fewest samples with a rank for this target: ceil(1 / target) - 1. */
    public static int minimumSamples(double targetFalseAlarmRate) {
        requireRate(targetFalseAlarmRate);
        return BigDecimal.ONE.divide(BigDecimal.valueOf(targetFalseAlarmRate), 0, RoundingMode.CEILING)
                .intValueExact() - 1;
    }

    /** The share of in-distribution images to expect below the threshold: rank / (samples + 1). */
    public double expectedRate() {
        return rank / (samples + 1.0);
    }

    /** How many of so many in-distribution images are flagged: Beta-Binomial(images; rank, samples + 1 - rank). */
    public BetaBinomial flagged(long images) {
        return new BetaBinomial(images, rank, samples + 1.0 - rank);
    }

    static void requireRate(double targetFalseAlarmRate) {
        if (!(targetFalseAlarmRate > 0 && targetFalseAlarmRate < 1)) {
            throw new IllegalArgumentException(
                    "target false-alarm rate must be above 0 and below 1, but is " + targetFalseAlarmRate);
        }
    }
}
