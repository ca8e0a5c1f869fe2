package io.oodmonitor.calibration;

import java.util.Objects;

/**
 * What a window of calibration scores amounts to. Immutable.
 *
 * @param threshold the threshold that keeps the target
 * @param quantiles the scores, condensed, for p-values
 * @param accuracy  the share of the images whose predicted class was their label, 0 to 1
 */
public record Calibration(ConformalThreshold threshold, CalibrationQuantiles quantiles, double accuracy) {

    public Calibration {
        Objects.requireNonNull(threshold, "threshold");
        Objects.requireNonNull(quantiles, "quantiles");
        if (!(accuracy >= 0 && accuracy <= 1)) {
            throw new IllegalArgumentException("accuracy must be in 0 to 1, but is " + accuracy);
        }
        if (threshold.samples() != quantiles.samples()) {
            throw new IllegalArgumentException("threshold and quantiles must come from the same scores, but one counts "
                    + threshold.samples() + " and the other " + quantiles.samples());
        }
    }
}
