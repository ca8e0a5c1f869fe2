package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.IdStatistics;

/**
 * Maximum softmax probability (Hendrycks and Gimpel, ICLR 2017, arXiv 1610.02136), at a temperature as in ODIN (Liang,
 * Li and Srikant, ICLR 2018, arXiv 1706.02690, equation 1; usually 1,000). ODIN's perturbation of the image is not
 * there: it needs gradients, which inference lacks.
 *
 * <p>A score is a float: probabilities within 3e-8 of 1 are equal.
 *
 * @param temperature above 0; 1 is the plain softmax
 */
public record Msp(double temperature) implements Detector {

    static final String METHOD = "msp";

    public Msp {
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException("the temperature of msp must be above 0, but is " + temperature);
        }
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String name() {
        return temperature == 1 ? METHOD : METHOD + "@" + DetectorNames.text(temperature);
    }

    @Override
    public Scorer fit(LinearHead head, IdStatistics statistics) {
        return LogitScorer.of(new Shaping.None(), head, new Readout.GreatestProbability(temperature));
    }
}
