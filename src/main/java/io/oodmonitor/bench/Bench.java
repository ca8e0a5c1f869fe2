package io.oodmonitor.bench;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.cli.LocalServices;
import io.oodmonitor.cli.ScratchFolder;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.scoring.device.Device;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.scoring.device.ProviderSelection;
import io.oodmonitor.stream.MonitorConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs a whole bench, a measurement after the other: the limits, the stream with each setting, then with the best. */
final class Bench {

    private static final List<Integer> BATCH_SIZES = List.of(1, 4, 8, 16, 64);
    private static final List<Integer> GPU_BATCH_SIZES = List.of(1, 8, 16, 32, 64, 128);
    private static final int GPU_LANES = 2;
    private static final int ROUNDS = 5;
    private static final List<Double> LOADS = List.of(0.25, 0.5, 0.8);
    /** More than what is between two commits, so that the sender never holds the stream back. */
    private static final double SECONDS_AHEAD = 1.5;

    private final LocalServices services;
    private final Bundle bundle;
    private final Device device;
    private final List<ExecutionProvider> providers;
    private final boolean gpu;
    private final Workload workload;
    private final Duration length;
    private final Guard guard;
    private final Steps steps;
    private final int cores = Runtime.getRuntime().availableProcessors();

    /**
     * @param device where the network runs, bare and in the stream
     * @param length of each measurement
     */
    Bench(LocalServices services, Bundle bundle, Device device, Workload workload, Duration length, Guard guard,
          Steps steps) {
        this.services = services;
        this.bundle = bundle;
        this.providers = ProviderSelection.onThisMachine().select(device, new MonitorConfig(Map.of()).gpu(bundle));
        this.gpu = providers.get(0).isGpu();
        // One warning is enough where it is not a GPU: the stream does not look for one again each time it starts.
        this.device = gpu ? device : Device.parse("cpu");
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
                    StreamUnderTest stream = new StreamUnderTest(running, bundle.folder(), device, workload,
                            folder.resolve("streams"), length, guard)) {
                double broker = steps.rate("The broker alone, the same bytes there and back", stream::brokerAlone);
                return run(stream, networks, decode, broker);
            }
        }
    }

    private BenchResult run(StreamUnderTest stream, List<NetworkRate> networks, double decode, double broker)
            throws Exception {
        NetworkRate bare = BenchResult.best(networks);
        double expected = Math.min(bare.imagesPerSecond(), Math.min(decode, broker));
        List<Trial> trials = trials(stream, expected);
        Setting best = trials.stream().max(Comparator.comparingDouble(Trial::imagesPerSecond)).orElseThrow().setting();
        stream.start(best);
        List<Round> rounds = rounds(stream, networks, best, expected);
        Round median = Round.median(rounds);
        List<Load> loads = new ArrayList<>();
        for (double share : LOADS) {
            loads.add(steps.measured("The stream at " + Math.round(100 * share) + "% of that",
                    () -> stream.load(share, median.saturated().imagesPerSecond()), Load::imagesPerSecond));
        }
        stream.stop();
        Limits limits = new Limits(median.network(), decode, median.loop(), broker, median.copying().imagesPerSecond());
        String where = gpu
                ? providers.stream().map(Object::toString).collect(Collectors.joining(", ", " on ", "")) : "";
        return new BenchResult(bundle.name() + " " + bundle.version() + " with " + bundle.detectorVersion() + where,
                workload.inWords(), cores, networks, limits, trials, rounds, loads, stream.commitMillis(),
                stream.totals());
    }

    private List<NetworkRate> networks() throws Exception {
        List<NetworkRate> rates = new ArrayList<>();
        int lanes = gpu ? GPU_LANES : cores;
        for (int batchSize : gpu ? GPU_BATCH_SIZES : BATCH_SIZES) {
            boolean tooSlow = !rates.isEmpty()
                    && batchSize * lanes / BenchResult.best(rates).imagesPerSecond() > 2 * length.toSeconds();
            if (!tooSlow) {
                rates.add(networkRate(batchSize, lanes, 1));
                if (lanes > 1) {
                    rates.add(networkRate(batchSize, 1, gpu ? 1 : cores));
                }
            }
        }
        return rates;
    }

    /** On every core, as decoding takes one however little the network does. */
    private double loop(int batchSize) throws Exception {
        guard.check();
        try (BareSession session = new BareSession(bundle, workload, providers, 1)) {
            return session.imagesPerSecondDecoded(batchSize, cores, length);
        }
    }

    private NetworkRate networkRate(int batchSize, int lanes, int threads) throws Exception {
        guard.check();
        NetworkRate asked = new NetworkRate(batchSize, lanes, threads, 0);
        return new NetworkRate(batchSize, lanes, threads, steps.rate("ONNX Runtime alone, " + asked.inWords(),
                () -> network(batchSize, lanes, threads)));
    }

    private double network(int batchSize, int lanes, int threads) throws Exception {
        try (BareSession session = new BareSession(bundle, workload, providers, threads)) {
            return session.imagesPerSecond(batchSize, lanes, length);
        }
    }

    /** The best of each in turn, as what else runs on the machine changes with time. */
    private List<Round> rounds(StreamUnderTest stream, List<NetworkRate> networks, Setting best, double expected)
            throws Exception {
        NetworkRate bare = BenchResult.best(networks);
        NetworkRate defaultThreads = BenchResult.bestOfDefaultThreads(networks);
        List<Round> rounds = new ArrayList<>();
        try (CopyingStream copying = stream.copying()) {
            steps.measured("A topology that only copies, to warm up", copying::saturated, Copying::imagesPerSecond);
            for (int i = 1; i <= ROUNDS; i++) {
                String round = "Round " + i + " of " + ROUNDS + ", ";
                Copying copies = steps.measured(round + "a topology that only copies", copying::saturated,
                        Copying::imagesPerSecond);
                // In between, what it wrote goes to the disk: some of that was work for whatever came right after it.
                double defaults = networkAgain(round, defaultThreads);
                double network = bare == defaultThreads ? defaults : networkAgain(round, bare);
                Saturated saturated = steps.measured(round + "the stream, " + best.inWords(),
                        () -> stream.saturated(best, ahead(best, expected)), Saturated::imagesPerSecond);
                double loop = steps.rate(round + "decode and ONNX Runtime in a loop", () -> loop(bare.batchSize()));
                rounds.add(new Round(network, defaults, loop, copies, saturated));
            }
        }
        return rounds;
    }

    private double networkAgain(String round, NetworkRate rate) throws Exception {
        return steps.rate(round + "ONNX Runtime alone, " + rate.inWords(),
                () -> network(rate.batchSize(), rate.lanes(), rate.threadsPerLane()));
    }

    /** Every setting twice, there and back, so that none gains by its place. */
    private List<Trial> trials(StreamUnderTest stream, double expected) throws Exception {
        List<Setting> settings = gpu ? Setting.onGpus() : Setting.candidates(cores);
        stream.start(settings.get(0));
        steps.rate("The stream, to warm up", () -> stream.warmUp(ahead(settings.get(0), expected)));
        stream.stop();
        List<Trial> trials = new ArrayList<>();
        for (Setting setting : settings) {
            trials.add(trial(stream, setting, expected));
        }
        for (int i = settings.size() - 1; i >= 0; i--) {
            trials.set(i, trials.get(i).and(trial(stream, settings.get(i), expected)));
        }
        return trials;
    }

    private Trial trial(StreamUnderTest stream, Setting setting, double expected) throws Exception {
        return steps.measured("The stream, " + setting.inWords(), () -> {
            stream.start(setting);
            Trial trial = stream.saturated(setting, ahead(setting, expected)).trial();
            stream.stop();
            return trial;
        }, Trial::imagesPerSecond);
    }

    private long ahead(Setting setting, double expected) {
        // Several times what the engine holds.
        long inEngine = (long) 16 * setting.batchSize() * setting.lanes() * providers.size();
        return Math.max(inEngine, (long) (SECONDS_AHEAD * expected));
    }
}
