package io.oodmonitor.calibration;

/**
 * What calibration keeps of one labelled in-distribution image. Immutable.
 *
 * @param score   the detector's score, finite; higher = more in-distribution
 * @param correct whether the predicted class was the label
 */
public record CalibrationScore(float score, boolean correct) {

    public CalibrationScore {
        ConformalThreshold.requireFinite(score);
    }
}
