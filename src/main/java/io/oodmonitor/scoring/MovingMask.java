package io.oodmonitor.scoring;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.detector.Dice;
import io.oodmonitor.detector.LinearHead;
import io.oodmonitor.detector.Scorer;
import io.oodmonitor.detector.statistics.FeatureMean;
import java.util.List;

/**
 * The masks of one bundle as the feature mean moves, and the networks that score with one of them. All of the detector
 * but its mask stays as it was fitted. Thread-safe.
 */
public final class MovingMask {

    private final List<OnnxNetwork> networks;
    private final Dice dice;
    private final LinearHead head;
    private final Scorer scorer;
    private final Mask fitted;
    /** Everyone in the process asks for the same one, again and again. */
    private Mask latest;

    /** @param networks of the bundle, giving features */
    public MovingMask(Bundle bundle, List<OnnxNetwork> networks) {
        this.networks = List.copyOf(networks);
        this.dice = bundle.detector().mask().orElseThrow();
        this.head = bundle.head();
        this.scorer = bundle.detector().fit(head, bundle.statistics());
        this.fitted = mask(Mask.FITTED, bundle.featureMean());
        this.latest = fitted;
    }

    /** The mask fitted with the bundle. */
    public Mask fitted() {
        return fitted;
    }

    /**
     * The mask of a feature mean.
     *
     * @param version     what it is called, above {@link Mask#FITTED}
     * @param featureMean one finite value a feature
     */
    public synchronized Mask at(int version, double[] featureMean) {
        FeatureMean mean = new FeatureMean(featureMean);
        if (latest.version() != version || !latest.mean().equals(mean)) {
            latest = mask(version, mean);
        }
        return latest;
    }

    private Mask mask(int version, FeatureMean mean) {
        LinearHead masked = head.withWeight(dice.maskedWeight(head, mean));
        return new Mask(version, mean, masked, scorer.withMaskedWeight(masked.weight()));
    }

    /** Has every network score with a mask from its next run on. */
    public void use(Mask mask) {
        networks.forEach(network -> network.use(mask));
    }
}
