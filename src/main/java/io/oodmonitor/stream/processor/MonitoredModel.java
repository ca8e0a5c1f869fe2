package io.oodmonitor.stream.processor;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.FittedThreshold;
import io.oodmonitor.scoring.MovingMask;
import java.util.List;
import java.util.Optional;

/**
 * What the stream needs to know of the model whose scores it judges.
 *
 * @param classes class names, by index
 * @param fitted  the threshold fitted with the bundle; empty if it has none
 * @param mask    empty where the mask is fixed
 */
public record MonitoredModel(DetectorKey key, List<String> classes, Optional<FittedThreshold> fitted,
                             Optional<MovingMask> mask) {

    public MonitoredModel {
        if (key.hasMovingMask() != mask.isPresent()) {
            throw new IllegalArgumentException("key and mask must both be of a moving mask, or neither, but the key is "
                    + key.text());
        }
    }

    Optional<Standard> fittedStandard() {
        return fitted.map(fit -> Standard.fitted(key, fit));
    }

    /** @param mask where the calibration stream moves it */
    public static MonitoredModel of(Bundle bundle, Optional<MovingMask> mask) {
        DetectorKey fixed = new DetectorKey(bundle.name(), bundle.version(), bundle.detectorVersion());
        return new MonitoredModel(mask.isPresent() ? fixed.withMovingMask() : fixed, bundle.classes(),
                bundle.fittedThreshold(), mask);
    }
}
