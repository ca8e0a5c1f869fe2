package io.oodmonitor.bench;

import java.util.Map;

/**
 * The stream with the best setting and more images than it can take.
 *
 * @param millis            processor milliseconds for an image, by who used them
 * @param utilisation       share of the cores that this process used
 * @param others            share of the cores that other processes used
 * @param memory            the most that was held
 * @param peakBytesInFlight the most bytes of images that were submitted and not yet scored
 */
record Saturated(Trial trial, MeanWaits waits, Map<Stage, Double> millis, double utilisation, double others,
                 MemoryPeak.Bytes memory, long peakBytesInFlight) {

    double imagesPerSecond() {
        return trial.imagesPerSecond();
    }

    double millisPerImage() {
        return millis.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
