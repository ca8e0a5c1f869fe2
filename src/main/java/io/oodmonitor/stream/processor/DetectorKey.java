package io.oodmonitor.stream.processor;

import io.oodmonitor.scoring.Mask;

/**
 * Which scores and thresholds belong together: those of one model, model version and detector. A detector whose mask is
 * fixed is named with the mask's version, {@code dice@90#0}; one whose mask moves without it, {@code dice@90}, and its
 * scores and thresholds each say which mask they are of.
 *
 * <p>INVARIANT: scores, calibration windows and thresholds meet only under the same key, and scores meet a threshold
 * only with the mask that the threshold is of.
 */
public record DetectorKey(String model, String modelVersion, String detector) {

    private static final char MASK = '#';

    /** The key on the topics, as {@code model/version/detector}. */
    public String text() {
        return model + "/" + modelVersion + "/" + detector;
    }

    /** Reads a key back. Neither a version nor a detector contains a slash. */
    public static DetectorKey parse(String text) {
        int second = text.lastIndexOf('/');
        int first = text.lastIndexOf('/', second - 1);
        return new DetectorKey(text.substring(0, first), text.substring(first + 1, second), text.substring(second + 1));
    }

    public boolean hasMovingMask() {
        return detector.indexOf(MASK) < 0;
    }

    /** The same detector with a mask that moves. */
    public DetectorKey withMovingMask() {
        return hasMovingMask() ? this
                : new DetectorKey(model, modelVersion, detector.substring(0, detector.indexOf(MASK)));
    }

    /** The same detector with the mask fitted with the bundle, fixed. */
    public DetectorKey withFittedMask() {
        return hasMovingMask() ? new DetectorKey(model, modelVersion, detectorVersion(Mask.FITTED)) : this;
    }

    /** The detector and the mask of some of its scores, as verdicts and thresholds name them. */
    public String detectorVersion(int mask) {
        return hasMovingMask() ? detector + MASK + mask : detector;
    }

    /**
     * The mask that such a text names.
     *
     * @throws IllegalArgumentException in one sentence, if it names none
     */
    public static int mask(String detectorVersion) {
        try {
            return Integer.parseUnsignedInt(detectorVersion.substring(detectorVersion.lastIndexOf(MASK) + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a detector version must end in the version of its mask, as dice@90#0"
                    + " does, but is '" + detectorVersion + "'", e);
        }
    }
}
