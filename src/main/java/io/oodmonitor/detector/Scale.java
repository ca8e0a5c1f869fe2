package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.IdStatistics;

/**
 * SCALE (Xu, Chen, Franchi and Yao, ICLR 2024, arXiv 2310.00227, equations 6 and 7): all activations of an image grow
 * by exp(s1 / s2), where s2 leaves out the lowest, and the energy is the score.
 *
 * @param percent of the activations that s2 leaves out, 0 to less than 100
 */
public record Scale(double percent) implements Detector {

    static final String METHOD = "scale";

    public Scale {
        AshS.requirePercent(METHOD, percent);
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
        return LogitScorer.of(new Shaping.Scaled(Shaping.kept(head.features(), percent), false), head,
                new Readout.NegativeEnergy());
    }
}
