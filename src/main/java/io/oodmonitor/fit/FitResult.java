package io.oodmonitor.fit;

import io.oodmonitor.bundle.BundleContent;
import io.oodmonitor.bundle.FittedThreshold;
import io.oodmonitor.inference.UnreadableImages;

/**
 * A fitted classifier, ready to be written.
 *
 * @param fitted images that the statistics were taken from; 0 where all were held out
 * @param heldOut images that the threshold was taken from
 * @param unreadable images that were left out
 */
public record FitResult(BundleContent content, long fitted, long heldOut, UnreadableImages unreadable) {

    public FittedThreshold threshold() {
        return content.threshold().orElseThrow();
    }
}
