package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.IdStatistics;

/**
 * Generalized entropy, negated (Liu, Lochman and Zach, CVPR 2023, equation 3): -sum of p^gamma (1 - p)^gamma over the
 * greatest probabilities.
 *
 * @param gamma   above 0 and below 1
 * @param classes how many of the probabilities count, at least 1; all where there are fewer
 */
public record Gen(double gamma, int classes) implements Detector {

    static final String METHOD = "gen";

    public Gen {
        if (!(gamma > 0 && gamma < 1)) {
            throw new IllegalArgumentException("the gamma of gen must be above 0 and below 1, but is " + gamma);
        }
        if (classes < 1) {
            throw new IllegalArgumentException("the classes of gen must be at least 1, but are " + classes);
        }
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String name() {
        return METHOD + "@" + DetectorNames.text(gamma) + ":" + classes;
    }

    @Override
    public Scorer fit(LinearHead head, IdStatistics statistics) {
        return LogitScorer.of(new Shaping.None(), head,
                new Readout.NegativeGeneralizedEntropy(
                gamma, Math.min(classes, head.classes()), head.classes()));
    }
}
