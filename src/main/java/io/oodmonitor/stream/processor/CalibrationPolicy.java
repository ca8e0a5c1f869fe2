package io.oodmonitor.stream.processor;

import java.time.Duration;

/**
 * How thresholds follow the calibration stream.
 *
 * @param windowSize           the latest so many calibration scores count
 * @param minimumSamples       no threshold is published from fewer
 * @param targetFalseAlarmRate the share of in-distribution images that may be flagged, in (0, 1)
 * @param interval             how often a threshold may change, by the wall clock
 */
public record CalibrationPolicy(int windowSize, int minimumSamples, double targetFalseAlarmRate, Duration interval) {}
