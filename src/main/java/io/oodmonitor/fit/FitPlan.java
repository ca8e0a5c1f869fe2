package io.oodmonitor.fit;

import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.FeatureMean;
import io.oodmonitor.image.Framing;
import io.oodmonitor.onnx.Normalization;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to make a bundle of.
 *
 * @param name what verdicts shall call the model
 * @param version of the model; empty to take one from the content
 * @param model the classifier, ONNX
 * @param framing how images become the classifier's input
 * @param classes names in the order of the head's rows; empty to number them
 * @param featureMean published statistics; empty to take them from the images
 * @param heldOutShare share of the images that only the threshold is taken from, above 0 and below 1; all of them are
 *         where the statistics are given
 * @param targetFalseAlarmRate share of in-distribution images that the threshold may flag, above 0 and below 1
 */
public record FitPlan(String name, Optional<String> version, Path model, Framing framing, Normalization normalization,
        List<String> classes, Detector detector, Optional<FeatureMean> featureMean, double heldOutShare,
        double targetFalseAlarmRate) {

    public FitPlan {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(framing, "framing");
        Objects.requireNonNull(normalization, "normalization");
        classes = List.copyOf(classes);
        Objects.requireNonNull(detector, "detector");
        Objects.requireNonNull(featureMean, "featureMean");
        requireShare("held-out share", heldOutShare);
        requireShare("target false-alarm rate", targetFalseAlarmRate);
    }

    private static void requireShare(String name, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the " + name + " must be above 0 and below 1, but is " + share);
        }
    }
}
