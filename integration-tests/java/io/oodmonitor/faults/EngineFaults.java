package io.oodmonitor.faults;

import io.oodmonitor.scoring.CommandedNetwork;
import io.oodmonitor.stream.CommandedMonitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What can happen in the engine: for an application whose network obeys commands. */
final class EngineFaults {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Longer than an image may wait for its score: stream threads die of it and are replaced. */
    private static final Duration TOO_LONG = Site.SCORING_TIMEOUT.plusSeconds(2);
    private static final Duration A_WHILE = Duration.ofSeconds(1);
    private static final String READY = CommandedMonitor.READINESS + true;
    private static final String NOT_READY = CommandedMonitor.READINESS + false;

    private EngineFaults() {}

    /**
     * They take the application over, and so follow each other.
     *
     * @param kills in the middle of batches, a round
     */
    static List<Fault> all(NumberedLoad load, Watch watch, int kills) {
        List<Fault> faults = new ArrayList<>(Collections.nCopies(kills,
                Fault.of("kill -9 in the middle of a batch", EngineFaults::killInBatch)));
        faults.addAll(List.of(tell("the network fails on one batch", CommandedNetwork.FAIL_ONCE),
                tell("no memory for one batch", CommandedNetwork.NO_MEMORY),
                Fault.of("the network fails on one image", (site, random) -> failOnOneImage(load, watch)),
                Fault.of("the network fails on every batch", EngineFaults::failOnEveryBatch),
                Fault.of("a batch hangs", EngineFaults::hang),
                Fault.of("a stream thread dies", EngineFaults::loseThread),
                Fault.ofLong("SIGTERM in the middle of a batch", EngineFaults::terminateInBatch)));
        return faults;
    }

    /** The network of the application obeys commands from now on, or does no more. */
    static void take(Site site, boolean commanded) throws Exception {
        site.application().stop();
        site.application().setCommanded(commanded);
        site.application().launch(site.bundles().latest());
        site.application().awaitReady();
    }

    private static Fault tell(String name, String command) {
        return Fault.of(name, (site, random) -> {
            site.application().process().tell(command);
            return "";
        });
    }

    private static String failOnOneImage(NumberedLoad load, Watch watch) throws Exception {
        if (!watch.awaitDeadLetter(load.send(Kind.POISONED), PATIENCE)) {
            throw new IllegalStateException("no dead letter for it within " + PATIENCE);
        }
        return "a dead letter for it alone";
    }

    /** For longer than an image may wait: stream threads die and are replaced, and the monitor says it is not ready. */
    private static String failOnEveryBatch(Site site, Random random) throws Exception {
        JavaProcess process = site.application().process();
        int from = process.printed();
        long start = System.nanoTime();
        process.tell(CommandedNetwork.FAIL);
        process.awaitLine(NOT_READY, from, PATIENCE);
        double unready = seconds(start);
        int failing = process.printed();
        Thread.sleep(TOO_LONG.toMillis());
        if (process.line(READY, failing).isPresent()) {
            throw new IllegalStateException("it said that it was ready while its network failed on every batch");
        }
        long mended = System.nanoTime();
        process.tell(CommandedNetwork.SOUND);
        process.awaitLine(READY, failing, PATIENCE);
        return String.format(Locale.ROOT, "not ready after %.1f s, ready %.1f s after it was mended", unready,
                seconds(mended));
    }

    private static String hang(Site site, Random random) throws Exception {
        JavaProcess process = site.application().process();
        int from = process.printed();
        process.tell(CommandedNetwork.HANG + TOO_LONG.toMillis());
        process.awaitLine(NOT_READY, from, PATIENCE);
        return "for " + TOO_LONG.toSeconds() + " s; the stream thread that waited gave up before, and was replaced";
    }

    /** Of what it finds in a verdict. Calibration images have none, so that it may take some batches. */
    private static String loseThread(Site site, Random random) throws Exception {
        JavaProcess process = site.application().process();
        int from = process.printed();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (process.line(NOT_READY, from).isEmpty() && System.nanoTime() < deadline) {
            process.tell(CommandedNetwork.NO_CLASS);
            Thread.sleep(A_WHILE.toMillis());
        }
        process.awaitLine(NOT_READY, from, A_WHILE);
        return "replaced";
    }

    private static String killInBatch(Site site, Random random) throws Exception {
        awaitHanging(site.application().process());
        site.application().kill();
        return "";
    }

    private static String terminateInBatch(Site site, Random random) throws Exception {
        awaitHanging(site.application().process());
        Duration took = site.application().stop();
        site.application().launch(site.bundles().latest());
        return ApplicationFaults.stopped(took);
    }

    /** Returns in the middle of a batch, which takes a second. */
    private static void awaitHanging(JavaProcess process) throws InterruptedException {
        int from = process.printed();
        process.tell(CommandedNetwork.HANG + A_WHILE.toMillis());
        process.awaitLine(CommandedNetwork.HANGS, from, PATIENCE);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
