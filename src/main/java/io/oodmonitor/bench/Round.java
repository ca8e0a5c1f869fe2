package io.oodmonitor.bench;

import java.util.Comparator;
import java.util.List;

/**
 * The copying topology, the bare network, the saturated stream and the bare loop one right after the other, so that all
 * meet the same machine.
 *
 * @param network        images per second of bare ONNX Runtime at its best
 * @param defaultThreads images per second of bare ONNX Runtime as it comes: all threads on one batch
 * @param loop           images per second of decoding and bare ONNX Runtime in a loop
 */
record Round(double network, double defaultThreads, double loop, Copying copying, Saturated saturated) {

    /** The stream's share of the lower of the two limits. */
    double ratio() {
        return saturated.imagesPerSecond() / Math.min(network, copying.imagesPerSecond());
    }

    static Round median(List<Round> rounds) {
        return Median.of(rounds, Comparator.comparingDouble(Round::ratio));
    }
}
