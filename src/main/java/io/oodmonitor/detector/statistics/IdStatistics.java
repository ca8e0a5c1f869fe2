package io.oodmonitor.detector.statistics;

import java.util.Objects;
import java.util.Optional;

/**
 * What detectors know of the in-distribution images.
 *
 * @param featureMean E[h] over them, or over those that a published mean was taken from
 * @param images      all else; empty where only a mean was given
 */
public record IdStatistics(FeatureMean featureMean, Optional<FeatureStatistics> images) {

    public IdStatistics {
        Objects.requireNonNull(featureMean, "featureMean");
        images.ifPresent(statistics -> {
            if (statistics.features() != featureMean.features()) {
                throw new IllegalArgumentException("the statistics of the images are of " + statistics.features()
                        + " features, but the feature mean holds " + featureMean.features());
            }
        });
    }

    /** A mean alone. */
    public static IdStatistics of(FeatureMean mean) {
        return new IdStatistics(mean, Optional.empty());
    }

    /** @throws MissingStatisticsException naming the method, if there is only a mean */
    public FeatureStatistics require(String method) {
        return images.orElseThrow(() -> new MissingStatisticsException(method
                + " needs more statistics of in-distribution images than their feature mean: fit the bundle on"
                + " images"));
    }
}
