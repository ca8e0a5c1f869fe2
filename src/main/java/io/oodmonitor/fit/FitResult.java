package io.oodmonitor.fit;

import io.oodmonitor.bundle.BundleContent;
import io.oodmonitor.bundle.FittedThreshold;

/**
 * A fitted classifier, ready to be written.
 *
 * @param fitted images that the statistics were taken from; 0 where they were given
 * @param heldOut images that the threshold was taken from
 */
public record FitResult(BundleContent content, long fitted, long heldOut) {

    public FittedThreshold threshold() {
        return content.threshold().orElseThrow();
    }
}
