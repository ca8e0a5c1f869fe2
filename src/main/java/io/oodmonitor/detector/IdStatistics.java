package io.oodmonitor.detector;

/**
 * What detectors know of the in-distribution images.
 *
 * @param featureMean E[h] over them
 */
public record IdStatistics(FeatureMean featureMean) {
}
