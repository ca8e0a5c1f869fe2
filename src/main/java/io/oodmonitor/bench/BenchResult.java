package io.oodmonitor.bench;

import io.oodmonitor.latency.Latency;
import java.util.Comparator;
import java.util.List;

/**
 * All that a bench measured.
 *
 * @param model    name, version and detector
 * @param workload the images, in words
 * @param networks bare ONNX Runtime, for each size of batch and way to use the cores
 * @param limits   the network's is that of the median round
 * @param rounds   of the best setting
 * @param loads    at 25, 50 and 80% of the saturated rate
 */
record BenchResult(String model, String workload, int cores, List<NetworkRate> networks, Limits limits,
                   List<Trial> trials, List<Round> rounds, List<Load> loads, Tally.Totals totals) {

    BenchResult {
        networks = List.copyOf(networks);
        trials = List.copyOf(trials);
        rounds = List.copyOf(rounds);
        loads = List.copyOf(loads);
    }

    /** The stream of the median round. */
    Saturated saturated() {
        return Round.median(rounds).saturated();
    }

    static NetworkRate best(List<NetworkRate> networks) {
        return networks.stream().max(Comparator.comparingDouble(NetworkRate::imagesPerSecond)).orElseThrow();
    }

    /** Of the lowest limit. */
    double ratio() {
        return saturated().imagesPerSecond() / limits.lowest().imagesPerSecond();
    }

    /** At half load. */
    Latency latency() {
        return loads.stream().min(Comparator.comparingDouble(load -> Math.abs(load.share() - 0.5))).orElseThrow()
                .latency();
    }

    String bottleneck() {
        return Bottleneck.of(limits, saturated());
    }
}
