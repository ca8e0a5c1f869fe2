package io.oodmonitor.stream.processor;

/**
 * Which scores can be compared: those of one model, model version and detector version.
 *
 * <p>INVARIANT: scores, calibration windows and thresholds meet only under the same key.
 */
public record DetectorKey(String model, String modelVersion, String detectorVersion) {

    /** The key on the topics, as {@code model/version/detector}. */
    public String text() {
        return model + "/" + modelVersion + "/" + detectorVersion;
    }

    /** Reads a key back. Neither a version nor a detector contains a slash. */
    public static DetectorKey parse(String text) {
        int second = text.lastIndexOf('/');
        int first = text.lastIndexOf('/', second - 1);
        return new DetectorKey(text.substring(0, first), text.substring(first + 1, second), text.substring(second + 1));
    }
}
