package io.oodmonitor.bench;

/**
 * The saturated stream with one setting.
 *
 * @param batchSize images in a batch, on average
 */
record Trial(Setting setting, double imagesPerSecond, double batchSize) {}
