package io.oodmonitor.bench;

/**
 * What a topology that only copies does.
 *
 * @param millisPerImage processor milliseconds of this whole process for an image, broker and sender included
 */
record Copying(double imagesPerSecond, double millisPerImage) {}
