package io.oodmonitor.bench;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.cli.LocalServices;
import io.oodmonitor.cli.ScratchFolder;
import io.oodmonitor.cli.text.Numbers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Runs a whole bench, a measurement after the other: the limits, the stream with each setting, then with the best. */
final class Bench {

    private static final List<Integer> BATCH_SIZES = List.of(1, 8, 16, 64);
    private static final List<Double> LOADS = List.of(0.25, 0.5, 0.8);
    /** More than what is between two commits, so that the sender never holds the stream back. */
    private static final double SECONDS_AHEAD = 1.5;

    private final LocalServices services;
    private final Bundle bundle;
    private final Workload workload;
    private final Duration length;
    private final Guard guard;
    private final Steps steps;
    private final int cores = Runtime.getRuntime().availableProcessors();

    /** @param length of each measurement */
    Bench(LocalServices services, Bundle bundle, Workload workload, Duration length, Guard guard, Steps steps) {
        this.services = services;
        this.bundle = bundle;
        this.workload = workload;
        this.length = length;
        this.guard = guard;
        this.steps = steps;
    }

    BenchResult run() throws Exception {
        List<NetworkRate> networks = networks();
        double decode = steps.rate("Decode and resize alone, " + Numbers.count(cores, "thread"),
                () -> new DecodeLimit(workload, bundle.framing()).imagesPerSecond(cores, length));
        guard.check();
        try (ScratchFolder scratch = ScratchFolder.create("ood-monitor-bench")) {
            Path folder = scratch.path();
            try (LocalServices.Running running = services.start(folder, 0, 0);
                    StreamUnderTest stream = new StreamUnderTest(running, bundle.folder(), workload,
                            folder.resolve("streams"), length, guard)) {
                double broker = steps.rate("The broker alone, the same bytes there and back", stream::brokerAlone);
                return run(stream, networks, decode, broker);
            }
        }
    }

    private BenchResult run(StreamUnderTest stream, List<NetworkRate> networks, double decode, double broker)
            throws Exception {
        NetworkRate bare = BenchResult.best(networks);
        double expected = new Limits(bare.imagesPerSecond(), decode, broker).lowest().imagesPerSecond();
        List<Trial> trials = new ArrayList<>();
        List<Setting> settings = Setting.candidates(cores);
        // Once beforehand, as the first to run would pay for what the JVM compiles.
        saturated(stream, settings.get(0), expected, "The stream, to warm up", true);
        for (Setting setting : settings) {
            trials.add(saturated(stream, setting, expected, "The stream, " + setting.inWords(), true).trial());
        }
        Setting best = trials.stream().max(Comparator.comparingDouble(Trial::imagesPerSecond)).orElseThrow().setting();
        Saturated saturated = saturated(stream, best, expected, "The stream once more, " + best.inWords(), false);
        List<Load> loads = new ArrayList<>();
        for (double share : LOADS) {
            loads.add(steps.measured("The stream at " + Math.round(100 * share) + "% of that",
                    () -> stream.load(share, saturated.imagesPerSecond()), Load::imagesPerSecond));
        }
        stream.stop();
        // What else runs on the machine changes with time: the limit is the mean of before and after.
        double again = steps.rate("ONNX Runtime alone once more, " + bare.inWords(), () -> network(
                bare.batchSize(), bare.lanes(), bare.threadsPerLane()));
        Limits limits = new Limits((bare.imagesPerSecond() + again) / 2, decode, broker);
        return new BenchResult(bundle.name() + " " + bundle.version() + " with " + bundle.detectorVersion(),
                workload.inWords(), cores, networks, limits, trials, saturated, loads, stream.totals());
    }

    private List<NetworkRate> networks() throws Exception {
        List<NetworkRate> rates = new ArrayList<>();
        for (int batchSize : BATCH_SIZES) {
            boolean tooSlow = !rates.isEmpty()
                    && batchSize * cores / BenchResult.best(rates).imagesPerSecond() > 2 * length.toSeconds();
            if (!tooSlow) {
                rates.add(networkRate(batchSize, cores, 1));
                if (cores > 1) {
                    rates.add(networkRate(batchSize, 1, cores));
                }
            }
        }
        return rates;
    }

    private NetworkRate networkRate(int batchSize, int lanes, int threads) throws Exception {
        guard.check();
        NetworkRate asked = new NetworkRate(batchSize, lanes, threads, 0);
        return new NetworkRate(batchSize, lanes, threads, steps.rate("ONNX Runtime alone, " + asked.inWords(),
                () -> network(batchSize, lanes, threads)));
    }

    private double network(int batchSize, int lanes, int threads) throws Exception {
        try (BareSession session = new BareSession(bundle, workload, threads)) {
            return session.imagesPerSecond(batchSize, lanes, length);
        }
    }

    private Saturated saturated(StreamUnderTest stream, Setting setting, double expected, String what, boolean stop)
            throws Exception {
        return steps.measured(what, () -> {
            stream.start(setting);
            long inEngine = (long) setting.batchSize() * (setting.lanes() + 3);
            Saturated saturated = stream.saturated(setting, Math.max(inEngine, (long) (SECONDS_AHEAD * expected)));
            if (stop) {
                stream.stop();
            }
            return saturated;
        }, Saturated::imagesPerSecond);
    }
}
