package io.oodmonitor.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What can happen to the application's processes, and to what they keep on disk. */
final class ApplicationFaults {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(2);
    private static final int TASK_GROUPS = 4;
    private static final int PARTITIONS = 4;

    private ApplicationFaults() {}

    static List<Fault> all() {
        Fault kill = new Fault("kill -9 of the application", ApplicationFaults::kill);
        // Often: it is what everything else is built to survive.
        return List.of(kill, kill, kill,
                new Fault("SIGTERM under load, and start again", ApplicationFaults::terminate),
                new Fault("second instance joins and leaves", ApplicationFaults::joinAndLeave),
                new Fault("second instance joins and is killed", ApplicationFaults::joinAndDie),
                new Fault("state directory deleted", ApplicationFaults::deleteState),
                new Fault("checkpoints of the state directory corrupted", ApplicationFaults::corruptCheckpoints),
                new Fault("new bundle version rolled out", ApplicationFaults::rollOut));
    }

    private static String kill(Site site, Random random) throws Exception {
        Thread.sleep(Site.between(SHORT, LONG, random).toMillis());
        site.application().kill();
        return "";
    }

    private static String terminate(Site site, Random random) throws Exception {
        Thread.sleep(Site.between(SHORT, LONG, random).toMillis());
        int code = site.application().terminate();
        site.application().launch(site.bundles().latest());
        return "exit code " + code;
    }

    private static String joinAndLeave(Site site, Random random) throws Exception {
        Application second = site.join();
        Thread.sleep(Site.between(SHORT, LONG, random).toMillis());
        site.leave(second);
        return "";
    }

    private static String joinAndDie(Site site, Random random) throws Exception {
        Application second = site.join();
        Thread.sleep(Site.between(SHORT, LONG, random).toMillis());
        second.kill();
        site.leave(second);
        return "";
    }

    private static String deleteState(Site site, Random random) throws Exception {
        int[] deleted = new int[1];
        site.whileDown(() -> deleted[0] = delete(site.application().state()));
        return deleted[0] == 0 ? "there was none: every store is in memory, with its changelog on the brokers"
                : deleted[0] + " files and folders";
    }

    private static int delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
        return paths.size();
    }

    /** Where the tasks would keep their checkpoints, whether they do or not. */
    private static String corruptCheckpoints(Site site, Random random) throws Exception {
        site.whileDown(() -> {
            Path state = site.application().state().resolve(Site.APPLICATION_ID);
            corrupt(state.resolve("global"), random);
            for (int group = 0; group < TASK_GROUPS; group++) {
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    corrupt(state.resolve(group + "_" + partition), random);
                }
            }
        });
        return "";
    }

    private static void corrupt(Path task, Random random) throws IOException {
        byte[] noise = new byte[64];
        random.nextBytes(noise);
        Files.write(Files.createDirectories(task).resolve(".checkpoint"), noise);
    }

    /** One instance after the other: for a while the two versions share the partitions. */
    private static String rollOut(Site site, Random random) throws Exception {
        site.bundles().next();
        Application second = site.join();
        Thread.sleep(Site.between(SHORT, LONG, random).toMillis());
        site.application().terminate();
        site.application().launch(site.bundles().latest());
        site.application().awaitReady();
        site.leave(second);
        return "version " + site.bundles().version();
    }
}
