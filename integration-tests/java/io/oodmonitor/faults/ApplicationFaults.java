package io.oodmonitor.faults;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What can happen to the application's processes. */
final class ApplicationFaults {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(2);

    private ApplicationFaults() {}

    static List<Fault> all() {
        return List.of(Fault.ofLong("kill -9 of the application", ApplicationFaults::kill),
                Fault.ofLong("SIGTERM under load, and start again", ApplicationFaults::terminate),
                Fault.ofLong("second instance joins and leaves", ApplicationFaults::joinAndLeave),
                Fault.ofLong("second instance joins and is killed", ApplicationFaults::joinAndDie),
                Fault.ofLong("frozen until another has taken over", ApplicationFaults::freeze),
                Fault.of("new bundle version rolled out", ApplicationFaults::rollOut));
    }

    /** For as long as a fault is to be seen at work, or to come at a moment that nobody has chosen. */
    static void pause(Random random) throws InterruptedException {
        Thread.sleep(Site.between(SHORT, LONG, random).toMillis());
    }

    /** In words. */
    static String stopped(Duration took) {
        return String.format(Locale.ROOT, "stopped in good order after %.1f s", took.toMillis() / 1e3);
    }

    private static String kill(Site site, Random random) throws Exception {
        pause(random);
        site.application().kill();
        return "";
    }

    private static String terminate(Site site, Random random) throws Exception {
        pause(random);
        Duration took = site.application().stop();
        site.application().launch(site.bundles().latest());
        return stopped(took);
    }

    private static String joinAndLeave(Site site, Random random) throws Exception {
        site.join();
        pause(random);
        site.leave();
        return "";
    }

    private static String joinAndDie(Site site, Random random) throws Exception {
        site.join();
        pause(random);
        site.leaveKilled();
        return "";
    }

    /** It wakes up with partitions that are another's, and transactions that are over. */
    private static String freeze(Site site, Random random) throws Exception {
        site.join();
        JavaProcess frozen = site.application().process();
        Duration length = Site.TRANSACTION_TIMEOUT.plusSeconds(2);
        frozen.freeze();
        try {
            Thread.sleep(length.toMillis());
        } finally {
            frozen.thaw();
        }
        pause(random);
        site.leave();
        return "frozen for " + length.toSeconds() + " s";
    }

    /** One instance after the other: for a while the two versions share the partitions. */
    private static String rollOut(Site site, Random random) throws Exception {
        site.bundles().next();
        site.join();
        pause(random);
        site.application().stop();
        site.application().launch(site.bundles().latest());
        site.application().awaitReady();
        site.leave();
        return "version " + site.bundles().version();
    }
}
