package io.oodmonitor.stream.processor;

import io.oodmonitor.calibration.ConformalRank;
import io.oodmonitor.event.OodScore;
import java.util.Optional;

/**
 * A verdict, and which order statistic the threshold was that led to it.
 *
 * @param rank empty while uncalibrated
 */
public record Judged(OodScore score, Optional<ConformalRank> rank) {}
