package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.IdStatistics;

/** The greatest logit (Hendrycks et al., ICML 2022, arXiv 1911.11132). */
public record MaxLogit() implements Detector {

    static final String METHOD = "maxlogit";

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
        return LogitScorer.of(new Shaping.None(), head, new Readout.Greatest());
    }
}
