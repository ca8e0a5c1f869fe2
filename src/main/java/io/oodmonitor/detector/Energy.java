package io.oodmonitor.detector;

/** Negative free energy of the original logits, S(x) = logsumexp(f(x)) (Liu et al., NeurIPS 2020, equation 4). */
public record Energy() implements Detector {

    static final String NAME = "energy";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HeadEnergy fit(LinearHead head, IdStatistics statistics) {
        return new HeadEnergy(head);
    }
}
