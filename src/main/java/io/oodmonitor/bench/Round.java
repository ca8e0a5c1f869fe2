package io.oodmonitor.bench;

import java.util.Comparator;
import java.util.List;

/**
 * The bare network and right after it the saturated stream, so that both meet the same machine.
 *
 * @param network images per second of bare ONNX Runtime
 */
record Round(double network, Saturated saturated) {

    /** The stream's share of the network's rate. */
    double ratio() {
        return saturated.imagesPerSecond() / network;
    }

    /** The one whose ratio is in the middle: of an even number, the lower one of the two. */
    static Round median(List<Round> rounds) {
        return rounds.stream().sorted(Comparator.comparingDouble(Round::ratio)).toList().get((rounds.size() - 1) / 2);
    }
}
