package io.oodmonitor.bench;

import io.oodmonitor.latency.Latency;

/**
 * The stream at a part of what it can do.
 *
 * @param share           of the saturated rate
 * @param imagesPerSecond that came in
 * @param latency         from when an image was due to its committed verdict
 */
record Load(double share, double imagesPerSecond, Latency latency, EngineWork work) {}
