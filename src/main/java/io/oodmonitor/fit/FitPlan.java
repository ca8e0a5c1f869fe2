package io.oodmonitor.fit;

import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.statistics.FeatureMean;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to make a bundle of.
 *
 * @param name what verdicts shall call the model
 * @param version of the model; empty to take one from the content
 * @param classes names in the order of the head's rows; empty to number them
 * @param labels file of the images' classes; empty to take the labels that the images come with
 * @param featureMean a published mean; empty to take it from the images
 * @param heldOutShare share of the images that only the threshold is taken from, above 0 and below 1; or 1 where a mean
 *         is given and the detector needs no other statistics
 * @param targetFalseAlarmRate share of in-distribution images that the threshold may flag, above 0 and below 1
 * @param bankSize how many images' features the bundle keeps, at least 1
 * @param unreadableShare share of the images that may be unreadable, 0 to 1
 */
public record FitPlan(String name, Optional<String> version, Classifier classifier, List<String> classes,
        Optional<Path> labels, Detector detector, Optional<FeatureMean> featureMean, double heldOutShare,
        double targetFalseAlarmRate, int bankSize, double unreadableShare) {

    public FitPlan {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(classifier, "classifier");
        classes = List.copyOf(classes);
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(detector, "detector");
        Objects.requireNonNull(featureMean, "featureMean");
        if (!(heldOutShare > 0 && (heldOutShare < 1 || heldOutShare == 1 && featureMean.isPresent()))) {
            throw new IllegalArgumentException("the held-out share must be above 0 and below 1 (or 1, with a feature"
                    + " mean given), but is " + heldOutShare);
        }
        if (!(targetFalseAlarmRate > 0 && targetFalseAlarmRate < 1)) {
            throw new IllegalArgumentException("the target false-alarm rate must be above 0 and below 1, but is "
                    + targetFalseAlarmRate);
        }
        if (bankSize < 1) {
            throw new IllegalArgumentException("the bank must hold at least 1 image, but holds " + bankSize);
        }
    }
}
