package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.IdStatistics;

/**
 * Rectified activations (Sun, Guo and Li, NeurIPS 2021, arXiv 2111.12797, equation 1): features are clipped, then the
 * energy is the score.
 */
public record React(Clip clip) implements Detector {

    static final String METHOD = "react";

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String name() {
        return METHOD + "@" + clip.text();
    }

    @Override
    public Scorer fit(LinearHead head, IdStatistics statistics) {
        return LogitScorer.of(shaping(statistics), head, new Readout.NegativeEnergy());
    }

    Shaping shaping(IdStatistics statistics) {
        return new Shaping.Clipped((float) clip.value(statistics));
    }
}
