package io.oodmonitor.bench;

import java.util.Comparator;
import java.util.List;

/**
 * One instance, and right after it several.
 *
 * @param one images per second of one instance on one core
 * @param all images per second of all, each on a core of its own
 */
record ScalingRound(double one, double all) {

    double ratio() {
        return all / one;
    }

    /** The one whose ratio is in the middle: of an even number, the lower one of the two. */
    static ScalingRound median(List<ScalingRound> rounds) {
        return rounds.stream().sorted(Comparator.comparingDouble(ScalingRound::ratio)).toList()
                .get((rounds.size() - 1) / 2);
    }
}
