package io.oodmonitor.bench;

import io.oodmonitor.stream.MonitorConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What of the configuration a bench varies.
 *
 * @param maxDelayMillis how long a batch's oldest image waits for others
 * @param lanes          batches in the network at once, on each device
 * @param threadsPerLane threads that work on one batch
 */
record Setting(int batchSize, long maxDelayMillis, int lanes, int threadsPerLane) {

    /** A small set around what is usual; the first is the default. */
    static List<Setting> candidates(int cores) {
        Stream<Setting> lanes = Stream.of(new Setting(4, 5, cores, 1), new Setting(1, 0, cores, 1),
                new Setting(8, 5, cores, 1), new Setting(16, 5, cores, 1));
        return cores == 1 ? lanes.toList() : Stream.concat(lanes, Stream.of(new Setting(4, 5, 1, cores))).toList();
    }

    /** The same on GPUs, which larger batches fill. */
    static List<Setting> onGpus() {
        return List.of(new Setting(64, 5, 2, 1), new Setting(1, 0, 2, 1), new Setting(16, 5, 2, 1),
                new Setting(64, 5, 1, 1), new Setting(128, 10, 2, 1));
    }

    /** By the configuration's names. */
    Map<String, String> configuration() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(MonitorConfig.BATCH_SIZE, Integer.toString(batchSize));
        settings.put(MonitorConfig.MAX_DELAY, Long.toString(maxDelayMillis));
        settings.put(MonitorConfig.LANES, Integer.toString(lanes));
        settings.put(MonitorConfig.THREADS, Integer.toString(threadsPerLane));
        return settings;
    }

    String inWords() {
        return "batches of " + batchSize + ", " + maxDelayMillis + " ms, " + lanes + (lanes == 1 ? " lane" : " lanes")
                + " of " + threadsPerLane + (threadsPerLane == 1 ? " thread" : " threads");
    }
}
