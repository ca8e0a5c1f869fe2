package io.oodmonitor.bundle;

import io.oodmonitor.calibration.CalibrationQuantiles;
import io.oodmonitor.calibration.ConformalThreshold;
import java.util.OptionalDouble;

/**
 * What fit learnt from in-distribution images that it held out.
 *
 * @param quantiles of the same scores as the threshold
 * @param accuracy share of the labelled ones whose predicted class was their label, 0 to 1; empty without labels
 */
public record FittedThreshold(ConformalThreshold threshold, CalibrationQuantiles quantiles, OptionalDouble accuracy) {

    public FittedThreshold {
        if (threshold.samples() != quantiles.samples()) {
            throw new IllegalArgumentException("threshold and quantiles must come from the same scores, but one counts "
                    + threshold.samples() + " and the other " + quantiles.samples());
        }
        if (accuracy.isPresent() && !(accuracy.getAsDouble() >= 0 && accuracy.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("accuracy must be in 0 to 1, but is " + accuracy.getAsDouble());
        }
    }
}
