package io.oodmonitor.calibration;

import java.util.Collection;

/**
 * Decides from one window's counts whether a source's images turned out of distribution, or back. For a window of
 * in-distribution images judged by one threshold the chance of a false RAISE is below the significance, the chance that
 * an unlucky calibration set made the threshold too high included. Immutable.
 *
 * @param significance      a window whose p-value is below this raises, above 0 and below 1
 * @param clearSignificance a window whose p-value is at least this clears, significance to 1
 * @param minimumImages     a window of fewer images changes nothing, at least 1
 * @param minimumRatio      the share flagged must be at least this many times the expected one to raise, at least 1
 */
public record RateTest(double significance, double clearSignificance, long minimumImages, double minimumRatio) {

    /*
     * With the threshold at rank k of n, the number flagged among m in-distribution images is Beta-Binomial(m; k,
     * n+1-k) (see ConformalRank), so P(X >= ood) is an exact p-value.
     *
     * Several thresholds in force during a window. They are numbers on one axis, so the highest of them flags every
     * image that its own threshold flagged: the window's count is at most the count under the highest. Whichever that
     * is, its p-value is at most the largest of the p-values for the window's count. So the largest is small only if
     * the p-value under the highest threshold is, which J thresholds make at most J times as likely as one; thresholds
     * of one sliding window move together, and so nearly as likely as one.
     *
     * Hysteresis. Significant alone is not alarming: with many images a rate of 1.1 times the expected one is; hence
     * the ratio. Between the two significances nothing changes, and a raised alert whose ratio fell below the halfway
     * mark between 1 and the minimum is cleared however many images insist that it is not quite 1, lest it stay for
     * good.
     */

    public RateTest {
        if (!(significance > 0 && significance < 1)) {
            throw new IllegalArgumentException("significance must be above 0 and below 1, but is " + significance);
        }
        if (!(clearSignificance >= significance && clearSignificance <= 1)) {
            throw new IllegalArgumentException("clear significance must be in " + significance
                    + " (significance) to 1, but is " + clearSignificance);
        }
        if (minimumImages < 1) {
            throw new IllegalArgumentException("minimum images must be at least 1, but is " + minimumImages);
        }
        if (!(minimumRatio >= 1 && minimumRatio < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("minimum ratio must be at least 1 and finite, but is " + minimumRatio);
        }
    }

    /** What a window does to the alert. */
    public enum Change {
        NONE, RAISE, CLEAR
    }

    /**
     * What follows from a window.
     *
     * @param change       what happens to the alert
     * @param pValue       the chance of at least this many flagged images if every image were in-distribution
     * @param expectedRate the share to expect if every image were in-distribution; 0 if no threshold was in force
     */
    public record Decision(Change change, double pValue, double expectedRate) {
    }

    /**
     * Judges a window.
     *
     * @param raised whether the source's alert is raised before it
     * @param images the images judged in the window
     * @param ood    of those, the images flagged
     * @param ranks  of the thresholds in force in the window, at least one if any image was judged
     */
    public Decision decide(boolean raised, long images, long ood, Collection<ConformalRank> ranks) {
        if (images < 0 || ood < 0 || ood > images) {
            throw new IllegalArgumentException(
                    "flagged images must be in 0 to the number of images, but are " + ood + " of " + images);
        }
        if (ranks.isEmpty() && images > 0) {
            throw new IllegalArgumentException(
                    "a threshold must have judged the " + images + " images, but there is none");
        }
        double expectedRate = ranks.stream().mapToDouble(ConformalRank::expectedRate).max().orElse(0);
        double pValue = ranks.stream().mapToDouble(rank -> rank.flagged(images).upperTail(ood)).max().orElse(1);
        return new Decision(change(raised, images, ood, pValue, expectedRate), pValue, expectedRate);
    }

    private Change change(boolean raised, long images, long ood, double pValue, double expectedRate) {
        if (images < minimumImages) {
            return Change.NONE;
        }
        double ratio = ood / (double) images / expectedRate;
        if (!raised) {
            return pValue < significance && ratio >= minimumRatio ? Change.RAISE : Change.NONE;
        }
        return pValue >= clearSignificance || ratio < (1 + minimumRatio) / 2 ? Change.CLEAR : Change.NONE;
    }
}
