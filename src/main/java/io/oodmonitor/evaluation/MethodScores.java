package io.oodmonitor.evaluation;

import java.util.List;
import java.util.Objects;

/**
 * What one method says of every image of an evaluation. Higher scores are more in-distribution. The arrays are not
 * copied: treat them as immutable.
 *
 * @param method    its name, as it was asked for: {@code dice}, {@code dice@70}
 * @param threshold an image scored below it is called out of distribution
 * @param fitted    true if the threshold is the one fitted with the bundle, false if it is the score that keeps 95% of
 *                  the in-distribution images at hand
 * @param id        scores of the in-distribution images
 * @param ood       scores of the images of each out-of-distribution set, in the order of {@link Evaluation#oodSets}
 */
public record MethodScores(String method, double threshold, boolean fitted, double[] id, List<double[]> ood) {

    public MethodScores {
        Objects.requireNonNull(method, "method");
        ood = List.copyOf(ood);
    }

    /** How well it tells each set from the in-distribution images, in the order of the sets. */
    public List<DetectionMetrics> metrics() {
        return ood.stream().map(scores -> DetectionMetrics.of(id, scores)).toList();
    }
}
