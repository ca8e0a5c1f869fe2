package io.oodmonitor.bench;

import java.util.Comparator;
import java.util.List;

/**
 * What several instances do more than one.
 *
 * @param model    name, version and detector
 * @param workload the images, in words
 */
record ScalingResult(String model, String workload, int instances, List<ScalingRound> rounds, Tally.Totals totals) {

    ScalingResult {
        rounds = List.copyOf(rounds);
    }

    /** Of the median round. */
    double ratio() {
        return Median.of(rounds, Comparator.comparingDouble(ScalingRound::ratio)).ratio();
    }
}
