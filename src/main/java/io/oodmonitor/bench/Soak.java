package io.oodmonitor.bench;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.cli.LocalServices;
import io.oodmonitor.cli.ScratchFolder;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.scoring.device.Device;
import io.oodmonitor.stream.MonitorConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** The saturated stream as it comes, without any setting, for a long time, and what the process holds meanwhile. */
final class Soak {

    /** Of the images that are sent, over and over. Small, as they count in the memory that is watched. */
    static final long IMAGE_BYTES = 16L << 20;

    private static final int SAMPLES = 60;
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final long FIRST_AHEAD = 1_000;
    private static final double SECONDS_AHEAD = 20;
    /** More than the stream fetches, however many bytes that is, as if it had much to catch up with. */
    private static final long AHEAD_BYTES = 512L << 20;
    private static final Path STATUS = Path.of("/proc/self/status");

    private final LocalServices services;
    private final Bundle bundle;
    private final Device device;
    private final Workload workload;
    private final Duration length;
    private final Guard guard;
    private final PrintWriter err;

    Soak(LocalServices services, Bundle bundle, Device device, Workload workload, Duration length, Guard guard,
            PrintWriter err) {
        this.services = services;
        this.bundle = bundle;
        this.device = device;
        this.workload = workload;
        this.length = length;
        this.guard = guard;
        this.err = err;
    }

    SoakResult run() throws Exception {
        try (ScratchFolder scratch = ScratchFolder.create("ood-monitor-bench");
                LocalServices.Running running = services.start(scratch.path(), 0, 0);
                StreamUnderTest stream = new StreamUnderTest(running, bundle.folder(), device, workload,
                        scratch.path().resolve("streams"), length, guard)) {
            stream.start(Map.of());
            double rate = new Steps(err).rate("The stream, to warm up", () -> stream.warmUp(FIRST_AHEAD));
            stream.traffic().saturate(Math.max(FIRST_AHEAD, (long) (SECONDS_AHEAD * rate)), AHEAD_BYTES);
            List<SoakSample> samples = samples(stream);
            stream.traffic().finish();
            long peak = stream.statistics().peakBytesInFlight();
            stream.stop();
            return new SoakResult(bundle.name() + " " + bundle.version() + " with " + bundle.detectorVersion(),
                    workload.inWords(), Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory(),
                    peak, stream.config(Map.of()).getLong(MonitorConfig.MAX_BYTES_IN_FLIGHT), samples,
                    stream.totals());
        }
    }

    private List<SoakSample> samples(StreamUnderTest stream) throws InterruptedException, IOException {
        List<SoakSample> samples = new ArrayList<>();
        Duration interval = interval(length);
        long count = Math.max(SoakResult.LEAST_SAMPLES, length.dividedBy(interval));
        try (LiveHeap heap = new LiveHeap()) {
            Tally.Mark before = stream.traffic().tally().mark();
            long begin = System.nanoTime();
            for (int i = 1; i <= count; i++) {
                guard.pause(Duration.ofNanos(begin + i * interval.toNanos() - System.nanoTime()));
                Tally.Mark now = stream.traffic().tally().mark();
                // A long run's latencies are of no use here, and those of one interval are small.
                stream.traffic().tally().takeLatencies();
                samples.add(new SoakSample(Duration.ofNanos(System.nanoTime() - begin), now.since(before),
                        heap.takeLeast(), MemoryPeak.directBytes(), residentBytes()));
                before = now;
                err.println(line(samples.get(samples.size() - 1), stream.statistics().peakBytesInFlight()));
                err.flush();
            }
        }
        return samples;
    }

    /** About 60 samples, from one a second to one a minute. */
    static Duration interval(Duration length) {
        Duration even = Duration.ofSeconds(length.dividedBy(SAMPLES).toSeconds());
        return even.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL
                : even.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : even;
    }

    private static String line(SoakSample sample, long peakBytesInFlight) {
        return String.format(Locale.ROOT, "%-12s %9s   after collection %8s   direct %8s   process %8s   in flight %8s",
                Numbers.duration(sample.at()), Numbers.perSecond(sample.imagesPerSecond()),
                Numbers.bytes(sample.heapBytes()), Numbers.bytes(sample.directBytes()),
                sample.residentBytes().isPresent() ? Numbers.bytes(sample.residentBytes().getAsLong()) : "?",
                Numbers.bytes(peakBytesInFlight));
    }

    private static OptionalLong residentBytes() throws IOException {
        if (!Files.exists(STATUS)) {
            return OptionalLong.empty();
        }
        // "VmRSS:    123456 kB"
        return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10).findFirst();
    }
}
