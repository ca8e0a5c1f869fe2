package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.FeatureMean;

/**
 * What a graph must score, in plain double arithmetic: logsumexp(W h + b).
 *
 * @param head the original head (energy) or a sparsified one (DICE)
 */
public record HeadEnergy(LinearHead head) {

    public static HeadEnergy of(Dice dice, LinearHead head, FeatureMean mean) {
        return new HeadEnergy(head.withWeight(dice.maskedWeight(head, mean)));
    }

    public double score(float[] features) {
        return LogSumExp.of(logits(head, features));
    }

    public static double[] logits(LinearHead head, float[] h) {
        double[] logits = new double[head.classes()];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = head.bias()[c];
            for (int j = 0; j < h.length; j++) {
                logits[c] += (double) head.weight(c, j) * h[j];
            }
        }
        return logits;
    }
}
