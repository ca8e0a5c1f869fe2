package io.oodmonitor.bench;

import io.oodmonitor.latency.Latency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A bench's result for tests: 2 cores, the network the lowest limit with 1,000 images a second. */
final class Results {

    static final Limits LIMITS = new Limits(1_000, 4_000, 950, 20_000, 10_000);
    static final MeanWaits WAITS = new MeanWaits(0.1, 2.3, 1, 24);
    static final Setting SETTING = new Setting(8, 5, 2, 1);

    private Results() {
    }

    static Saturated saturated(double imagesPerSecond, double utilisation, double others) {
        Map<Stage, Double> millis = new EnumMap<>(Stage.class);
        millis.put(Stage.NETWORK, 1.5);
        millis.put(Stage.DECODE, 0.5);
        return new Saturated(new Trial(SETTING, imagesPerSecond, 7.5), WAITS, millis, utilisation, others,
                new MemoryPeak.Bytes(100_000_000, 2_000_000), 3_000_000);
    }

    static BenchResult result(double imagesPerSecond, Tally.Totals totals) {
        return new BenchResult("parts 1 with dice@90", "256 images of renderer, files of 1.6 kB", 2,
                List.of(new NetworkRate(1, 2, 1, 800), new NetworkRate(8, 2, 1, 1_000), new NetworkRate(8, 1, 2, 700)),
                LIMITS, List.of(new Trial(SETTING, 890, 7.5), new Trial(new Setting(1, 0, 2, 1), 712, 1)),
                List.of(round(2_000, 800), round(1_000, imagesPerSecond), round(1_000, 990)),
                List.of(new Load(0.25, 225, new Latency(60, 100, 110), work(1.5)),
                        new Load(0.5, 450, new Latency(70, 120, 150), work(3)),
                        new Load(0.8, 720, new Latency(90, 200, 250), work(6))), 100, totals);
    }

    private static Round round(double network, double imagesPerSecond) {
        return new Round(network, 720, 950, new Copying(10_000, 0.1), saturated(imagesPerSecond, 0.99, 0));
    }

    private static EngineWork work(double batchSize) {
        return new EngineWork(1_000, batchSize, 4 * batchSize, WAITS);
    }
}
