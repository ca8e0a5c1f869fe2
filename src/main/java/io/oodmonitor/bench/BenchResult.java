package io.oodmonitor.bench;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All that a bench measured.
 *
 * @param model        name, version and detector
 * @param workload     the images, in words
 * @param networks     bare ONNX Runtime, for each size of batch and way to use the cores
 * @param limits       network, loop and copying are those of the median round
 * @param rounds       of the best setting
 * @param loads        at 25, 50 and 80% of the saturated rate
 * @param commitMillis how often the stream commits
 */
record BenchResult(String model, String workload, int cores, List<NetworkRate> networks, Limits limits,
                   List<Trial> trials, List<Round> rounds, List<Load> loads, long commitMillis, Tally.Totals totals) {

    BenchResult {
        networks = List.copyOf(networks);
        trials = List.copyOf(trials);
        rounds = List.copyOf(rounds);
        loads = List.copyOf(loads);
    }

    Round median() {
        return Round.median(rounds);
    }

    /** The stream of the median round. */
    Saturated saturated() {
        return median().saturated();
    }

    static NetworkRate best(List<NetworkRate> networks) {
        return networks.stream().max(Comparator.comparingDouble(NetworkRate::imagesPerSecond)).orElseThrow();
    }

    /** The best with ONNX Runtime's default: all threads on one batch. */
    static NetworkRate bestOfDefaultThreads(List<NetworkRate> networks) {
        return best(networks.stream().filter(rate -> rate.lanes() == 1).toList());
    }

    /** Of the lowest limit. */
    double ratio() {
        return saturated().imagesPerSecond() / limits.lowest().imagesPerSecond();
    }

    /** Of bare ONNX Runtime at its best, which is given its batches. */
    double ratioToNetwork() {
        return ofRounds(round -> round.saturated().imagesPerSecond() / round.network());
    }

    /** Of decoding and bare ONNX Runtime in a loop. */
    double ratioToLoop() {
        return ofRounds(round -> round.saturated().imagesPerSecond() / round.loop());
    }

    /** Of bare ONNX Runtime as it comes. */
    double ratioToDefaultThreads() {
        return ofRounds(round -> round.saturated().imagesPerSecond() / round.defaultThreads());
    }

    /** Of the topology that only copies. */
    double ratioToCopying() {
        return ofRounds(round -> round.saturated().imagesPerSecond() / round.copying().imagesPerSecond());
    }

    /** Processor time for an image, as a multiple of the topology's that only copies. */
    double processorTimesCopying() {
        return ofRounds(round -> round.saturated().millisPerImage() / round.copying().millisPerImage());
    }

    /** What was measured within a round is compared within it. */
    private double ofRounds(ToDoubleFunction<Round> figure) {
        return Median.of(rounds.stream().map(figure::applyAsDouble).toList(), Comparator.naturalOrder());
    }

    BatchingGain batchingGain() {
        return BatchingGain.of(trials, networks);
    }

    Load halfLoad() {
        return loads.stream().min(Comparator.comparingDouble(load -> Math.abs(load.share() - 0.5))).orElseThrow();
    }

    /** At half load. */
    LatencyBound latencyBound() {
        return new LatencyBound(halfLoad().work().batchMillis(), saturated().trial().setting().maxDelayMillis(),
                commitMillis);
    }

    String bottleneck() {
        return Bottleneck.of(limits, saturated());
    }
}
