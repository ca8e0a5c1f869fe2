package io.oodmonitor.history;

import io.oodmonitor.event.OodThreshold;
import java.util.OptionalDouble;

/**
 * A threshold that came into force.
 *
 * @param version   counts those of a model and detector, from 1
 * @param accuracy  of the calibration images, 0 to 1; empty where it is not known
 * @param updatedAt milliseconds since the epoch
 */
public record ThresholdPoint(long version, double threshold, int samples, OptionalDouble accuracy,
                             double targetFalseAlarmRate, long updatedAt, String modelVersion,
                             String detectorVersion) {

    static ThresholdPoint of(OodThreshold threshold) {
        return new ThresholdPoint(threshold.getVersion(), threshold.getThreshold(), threshold.getSamples(),
                threshold.getAccuracy() == null ? OptionalDouble.empty() : OptionalDouble.of(threshold.getAccuracy()),
                threshold.getTargetFalseAlarmRate(), threshold.getUpdatedAt().toEpochMilli(),
                threshold.getModelVersion(), threshold.getDetectorVersion());
    }
}
