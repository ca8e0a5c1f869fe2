package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.IdStatistics;

/**
 * Activation shaping, ASH-S (Djurisic, Bozanic, Ashok and Liu, ICLR 2023, arXiv 2209.09858, algorithm 3): each image's
 * lowest activations become zero, the others grow by exp(s1 / s2), and the energy is the score.
 *
 * @param percent of the activations that become zero, 0 to less than 100
 */
public record AshS(double percent) implements Detector {

    static final String METHOD = "ash-s";

    public AshS {
        requirePercent(METHOD, percent);
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String name() {
        return METHOD + "@" + DetectorNames.text(percent);
    }

    @Override
    public Scorer fit(LinearHead head, IdStatistics statistics) {
        return LogitScorer.of(new Shaping.Scaled(Shaping.kept(head.features(), percent), true), head,
                new Readout.NegativeEnergy());
    }

    static void requirePercent(String method, double percent) {
        if (!(percent >= 0 && percent < 100)) {
            throw new IllegalArgumentException(
                    "the percent of " + method + " must be at least 0 and below 100, but is " + percent);
        }
    }
}
