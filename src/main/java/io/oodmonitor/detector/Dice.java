package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.detector.statistics.Percentile;
import java.util.Optional;

/**
 * Directed sparsification (Sun and Li, ECCV 2022, equations 3 to 5): only the weights that contribute most on
 * in-distribution images stay, the bias stays whole, and the energy of what is left is the score.
 *
 * @param sparsity percent of the weights dropped, 0 to less than 100
 */
public record Dice(double sparsity) implements Detector {

    static final String METHOD = "dice";

    public Dice {
        if (!(sparsity >= 0 && sparsity < 100)) {
            throw new IllegalArgumentException(
                    "the sparsity of dice must be at least 0 and below 100, but is " + sparsity);
        }
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String name() {
        return METHOD + "@" + DetectorNames.text(sparsity);
    }

    @Override
    public Scorer fit(LinearHead head, IdStatistics statistics) {
        return scorer(new Shaping.None(), head, statistics);
    }

    Scorer scorer(Shaping shaping, LinearHead head, IdStatistics statistics) {
        return new LogitScorer(shaping, head.withWeight(maskedWeight(head, statistics.featureMean())), true,
                new Readout.NegativeEnergy());
    }

    @Override
    public Optional<Dice> mask() {
        return Optional.of(this);
    }

    /**
     * The weight with all but its greatest contributions zeroed, row-major C x d.
     *
     * <p>As the authors' code: V = W * mu with W in float32 and mu in float64, hence V in float64; one percentile over
     * the whole of V; strictly greater stays.
     */
    public float[] maskedWeight(LinearHead head, FeatureMean mean) {
        if (mean.features() != head.features()) {
            throw new IllegalArgumentException("the feature mean holds " + mean.features()
                    + " values, but the head takes " + head.features() + " features");
        }
        float[] weight = head.weight();
        double[] mu = mean.values();
        double[] contribution = new double[weight.length];
        for (int i = 0; i < weight.length; i++) {
            contribution[i] = weight[i] * mu[i % mu.length];
        }
        double cut = Percentile.linear(contribution, sparsity);
        float[] masked = new float[weight.length];
        for (int i = 0; i < weight.length; i++) {
            masked[i] = contribution[i] > cut ? weight[i] : 0;
        }
        return masked;
    }
}
