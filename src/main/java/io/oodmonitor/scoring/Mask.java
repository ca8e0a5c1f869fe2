package io.oodmonitor.scoring;

import io.oodmonitor.detector.LinearHead;
import io.oodmonitor.detector.Scorer;
import io.oodmonitor.detector.statistics.FeatureMean;
import java.util.Arrays;

/**
 * One mask of a bundle's detector. Immutable.
 *
 * @param version {@link #FITTED}, or one more for each update
 * @param mean    the feature mean that it was made of
 * @param head    the head with the masked weight
 * @param scorer  the detector with this mask
 */
public record Mask(int version, FeatureMean mean, LinearHead head, Scorer scorer) {

    /** The version of the mask fitted with the bundle, which its graph stores. */
    public static final int FITTED = 0;

    public Mask {
        if (version < FITTED) {
            throw new IllegalArgumentException("a mask version must be at least " + FITTED + ", but is " + version);
        }
    }

    /** Whether it keeps the very weights that another one keeps, so that both score alike. */
    public boolean scoresLike(Mask other) {
        return Arrays.equals(head.weight(), other.head.weight());
    }

    /** Features that it is of, d. */
    public int features() {
        return head.features();
    }

    /** E[h] that it was made of. A copy. */
    public double[] featureMean() {
        return mean.values();
    }
}
