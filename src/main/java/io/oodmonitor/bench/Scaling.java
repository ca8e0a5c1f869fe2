package io.oodmonitor.bench;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.cli.CommandFailure;
import io.oodmonitor.cli.LocalServices;
import io.oodmonitor.cli.ScratchFolder;
import io.oodmonitor.scoring.device.Device;
import io.oodmonitor.stream.HttpSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.streams.StreamsConfig;

/** One instance of the monitor against several on the same topic, in processes and on cores of their own. */
final class Scaling {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final double SECONDS_AHEAD = 3;
    private static final long FIRST_AHEAD = 1_000;

    private final LocalServices services;
    private final Bundle bundle;
    private final Device device;
    private final Workload workload;
    private final Duration length;
    private final Guard guard;
    private final Steps steps;
    private final List<Instance> instances = new CopyOnWriteArrayList<>();

    /** @param length of each measurement */
    Scaling(LocalServices services, Bundle bundle, Device device, Workload workload, Duration length, Guard guard,
            PrintWriter err) {
        this.services = services;
        this.bundle = bundle;
        this.device = device;
        this.workload = workload;
        this.length = length;
        this.guard = guard;
        this.steps = new Steps(err);
        guard.watch(() -> instances.stream().map(Instance::failure).flatMap(Optional::stream).findFirst());
    }

    /**
     * @param count  of instances
     * @param rounds how often one and all of them are measured in turn
     */
    ScalingResult run(int count, int rounds) throws Exception {
        try (ScratchFolder scratch = ScratchFolder.create("ood-monitor-bench");
                LocalServices.Running running = services.start(scratch.path(), 0, 0);
                StreamUnderTest stream = new StreamUnderTest(running, bundle.folder().toAbsolutePath(), device,
                        workload, scratch.path().resolve("streams"), length, guard)) {
            List<ScalingRound> measured = new ArrayList<>();
            for (int i = 1; i <= rounds; i++) {
                String which = "Round " + i + " of " + rounds + ", ";
                double one = steps.rate(which + "one instance", () -> rate(stream, scratch.path(), 1));
                measured.add(new ScalingRound(one,
                        steps.rate(which + count + " instances", () -> rate(stream, scratch.path(), count))));
            }
            return new ScalingResult(bundle.name() + " " + bundle.version() + " with " + bundle.detectorVersion(),
                    workload.inWords(), count, measured, stream.totals());
        }
    }

    private double rate(StreamUnderTest stream, Path folder, int count) throws InterruptedException {
        try {
            for (int core = 0; core < count; core++) {
                Path state = folder.resolve("streams-" + core);
                instances.add(Instance.start(core, stream.settings(Map.of(
                        StreamsConfig.STATE_DIR_CONFIG, state.toString(),
                        // Any free one: they would all take the same.
                        HttpSettings.PORT, 0))));
            }
            if (!guard.await(() -> instances.stream().allMatch(Instance::isReady), PATIENCE)) {
                throw new CommandFailure("The instances are not ready after " + PATIENCE.toSeconds() + " s");
            }
            double warm = stream.warmUp(FIRST_AHEAD, instances.stream().mapToLong(Instance::pid).toArray());
            return stream.rate(Math.max(FIRST_AHEAD, (long) (SECONDS_AHEAD * warm)));
        } finally {
            List<Instance> stopping = List.copyOf(instances);
            // What ends now ends because it is told to.
            instances.clear();
            stopping.forEach(Instance::close);
        }
    }
}
