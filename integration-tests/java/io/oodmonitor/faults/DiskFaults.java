package io.oodmonitor.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What can happen to what the application keeps on disk: its state directory, and temporary files. */
final class DiskFaults {

    private static final String FULL = "disk of the state directory full";
    private static final Duration FULL_LENGTH = Duration.ofSeconds(2);
    private static final int TASK_GROUPS = 4;
    private static final int PARTITIONS = 4;

    private DiskFaults() {}

    /** @param disk that the application keeps its files on; where there is none, it cannot be filled */
    static List<Fault> all(Optional<SmallDisk> disk) {
        List<Fault> faults = new ArrayList<>(List.of(
                Fault.ofLong("state directory deleted", DiskFaults::delete),
                Fault.ofLong("checkpoints of the state directory corrupted", DiskFaults::corrupt)));
        disk.ifPresent(small -> faults.add(Fault.ofLong(FULL, (site, random) -> fill(site, small))));
        return faults;
    }

    /** Why one of them cannot happen; empty if all can. */
    static Optional<String> notShown(Optional<SmallDisk> disk) {
        return disk.isPresent() ? Optional.empty()
                : Optional.of(FULL + ": a file system to be filled cannot be mounted here, which takes Linux and root");
    }

    private static String delete(Site site, Random random) throws Exception {
        int[] deleted = new int[1];
        site.whileDown(() -> deleted[0] = Folders.delete(site.application().state()));
        return deleted[0] == 0 ? "there was none: every store is in memory, with its changelog on the brokers"
                : deleted[0] + " files and folders";
    }

    /** Where the tasks would keep theirs, whether they do or not. */
    private static String corrupt(Site site, Random random) throws Exception {
        site.whileDown(() -> {
            Path state = site.application().state().resolve(Site.APPLICATION_ID);
            corrupt(state.resolve("global"), random);
            for (int group = 0; group < TASK_GROUPS; group++) {
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    corrupt(state.resolve(group + "_" + partition), random);
                }
            }
        });
        return "noise where each task would keep its own";
    }

    private static void corrupt(Path task, Random random) throws IOException {
        byte[] noise = new byte[64];
        random.nextBytes(noise);
        Files.write(Files.createDirectories(task).resolve(".checkpoint"), noise);
    }

    /** First under its feet, then at its start, for which ONNX Runtime's libraries must be unpacked. */
    private static String fill(Site site, SmallDisk disk) throws Exception {
        disk.fill();
        Thread.sleep(FULL_LENGTH.toMillis());
        boolean wentOn = site.application().process().isAlive();
        site.whileDown(() -> {
            Folders.delete(site.application().temporary());
            disk.fill();
        });
        int before = site.application().restarts();
        site.application().awaitRestart(before);
        disk.free();
        site.application().awaitReady();
        return (wentOn ? "it ran on" : "it ended") + "; could not start, and started once there was room";
    }
}
