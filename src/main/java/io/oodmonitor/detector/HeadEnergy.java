package io.oodmonitor.detector;

/**
 * Negative free energy of a head at temperature 1: logsumexp(W h + b).
 *
 * @param head the original head (energy) or a sparsified one (DICE)
 */
public record HeadEnergy(LinearHead head) {

    /** Higher is more in-distribution. */
    public double score(float[] features) {
        return LogSumExp.of(head.logits(features));
    }
}
