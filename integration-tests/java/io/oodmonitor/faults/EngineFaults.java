package io.oodmonitor.faults;

import io.oodmonitor.scoring.CommandedNetwork;
import io.oodmonitor.stream.CommandedMonitor;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What can happen in the engine: for an application whose network obeys commands. */
final class EngineFaults {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Longer than an image may wait for its score: stream threads die of it and are replaced. */
    private static final Duration TOO_LONG = Duration.ofSeconds(7);

    private EngineFaults() {}

    /** They take the application over, and so follow each other. */
    static List<Fault> all() {
        return List.of(tell("the network fails on one batch", CommandedNetwork.FAIL_ONCE),
                tell("no memory for one batch", CommandedNetwork.NO_MEMORY),
                tell("a batch hangs for " + TOO_LONG.toSeconds() + " s", CommandedNetwork.HANG + TOO_LONG.toMillis()));
    }

    /** The network of the application obeys commands from now on. */
    static void begin(Site site) throws Exception {
        site.application().terminate();
        site.application().launchCommanded(site.bundles().latest());
        site.application().awaitReady();
    }

    /** The application is the real one again. */
    static void end(Site site) throws Exception {
        site.application().terminate();
        site.application().launch(site.bundles().latest());
        site.application().awaitReady();
    }

    private static Fault tell(String name, String command) {
        return new Fault(name, (site, random) -> {
            site.application().process().tell(command);
            return "";
        });
    }

    /** Needs one that sends such images, and sees what becomes of them. */
    static Fault oneImage(NumberedLoad load, Watch watch) {
        return new Fault("the network fails on one image", (site, random) -> watch.awaitDeadLetter(
                load.send(Kind.POISONED), PATIENCE) ? "a dead letter for it alone" : "no dead letter for it");
    }

    /** For longer than an image may wait: stream threads die and are replaced, and the monitor says it is not ready. */
    static Fault everyBatch() {
        return new Fault("the network fails on every batch", EngineFaults::failOnEveryBatch);
    }

    private static String failOnEveryBatch(Site site, Random random) throws Exception {
        JavaProcess process = site.application().process();
        int from = process.printed();
        long start = System.nanoTime();
        process.tell(CommandedNetwork.FAIL);
        process.awaitLine(CommandedMonitor.READINESS + false, from, PATIENCE);
        double unready = seconds(start);
        Thread.sleep(TOO_LONG.toMillis());
        int failed = process.printed();
        boolean stayed = process.line(CommandedMonitor.READINESS + true, from).isEmpty();
        long mended = System.nanoTime();
        process.tell(CommandedNetwork.SOUND);
        process.awaitLine(CommandedMonitor.READINESS + true, stayed ? failed : from, PATIENCE);
        return String.format(Locale.ROOT, "not ready after %.1f s%s, ready %.1f s after it was mended", unready,
                stayed ? "" : " (but ready in between)", seconds(mended));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
