package io.oodmonitor.stream.processor;

import io.oodmonitor.bundle.FittedThreshold;
import io.oodmonitor.calibration.CalibrationQuantiles;
import io.oodmonitor.calibration.ConformalRank;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.scoring.Mask;
import java.time.Instant;
import java.util.Optional;

/**
 * What scores are judged by: a threshold, and the calibration scores behind it.
 *
 * @param detectorVersion of these scores, and of those that it judges
 * @param version         counts the thresholds; 0 for the one fitted with the bundle
 * @param updatedAt       when it was made; empty for the one fitted with the bundle
 */
public record Standard(String detectorVersion, long version, double threshold, ConformalRank rank,
                       CalibrationQuantiles quantiles, Optional<Instant> updatedAt) {

    static Standard of(OodThreshold threshold) {
        double[] quantiles = PublishedThresholds.array(threshold.getQuantiles());
        return new Standard(threshold.getDetectorVersion(), threshold.getVersion(), threshold.getThreshold(),
                new ConformalRank(threshold.getRank(), threshold.getSamples()),
                CalibrationQuantiles.restore(quantiles, threshold.getSamples()), Optional.of(threshold.getUpdatedAt()));
    }

    static Standard fitted(DetectorKey key, FittedThreshold fitted) {
        return new Standard(key.detectorVersion(Mask.FITTED), 0, fitted.threshold().threshold(),
                fitted.threshold().conformalRank(), fitted.quantiles(), Optional.empty());
    }
}
