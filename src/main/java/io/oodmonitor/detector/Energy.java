package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.IdStatistics;

/** Negative free energy of the original logits, S(x) = logsumexp(f(x)) (Liu et al., NeurIPS 2020, equation 4). */
public record Energy() implements Detector {

    static final String METHOD = "energy";

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String name() {
        return METHOD;
    }

    @Override
    public Scorer fit(LinearHead head, IdStatistics statistics) {
        return LogitScorer.of(new Shaping.None(), head, new Readout.NegativeEnergy());
    }
}
