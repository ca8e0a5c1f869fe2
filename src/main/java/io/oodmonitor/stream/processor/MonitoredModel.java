package io.oodmonitor.stream.processor;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.FittedThreshold;
import java.util.List;
import java.util.Optional;

/**
 * What the stream needs to know of the model whose scores it judges.
 *
 * @param classes     class names, by index
 * @param fitted  the threshold fitted with the bundle; empty if it has none
 */
public record MonitoredModel(DetectorKey key, List<String> classes, Optional<FittedThreshold> fitted) {

    public static MonitoredModel of(Bundle bundle) {
        return new MonitoredModel(new DetectorKey(bundle.name(), bundle.version(), bundle.detectorVersion()),
                bundle.classes(), bundle.fittedThreshold());
    }
}
