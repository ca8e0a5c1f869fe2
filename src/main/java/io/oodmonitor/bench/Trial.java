package io.oodmonitor.bench;

/**
 * The saturated stream with one setting.
 *
 * @param batchSize images in a batch, on average
 */
record Trial(Setting setting, double imagesPerSecond, double batchSize) {

    /** The mean of both. */
    Trial and(Trial other) {
        return new Trial(setting, (imagesPerSecond + other.imagesPerSecond) / 2, (batchSize + other.batchSize) / 2);
    }
}
