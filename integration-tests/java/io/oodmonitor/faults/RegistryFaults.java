package io.oodmonitor.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What can happen to the registry. */
final class RegistryFaults {

    /** Longer than an image may wait for its score. */
    private static final Duration SHORT = Site.SCORING_TIMEOUT.plusSeconds(1);
    private static final Duration LONG = Site.SCORING_TIMEOUT.plusSeconds(4);

    private RegistryFaults() {}

    static List<Fault> all(NumberedLoad load) {
        return List.of(Fault.ofLong("registry down at the start", RegistryFaults::downAtStart),
                Fault.of("registry down in the middle", (site, random) -> downInTheMiddle(site, load, random)));
    }

    private static String downAtStart(Site site, Random random) throws Exception {
        int before = site.application().restarts();
        site.whileDown(site.registry()::down);
        site.application().awaitRestart(before);
        site.registry().up();
        site.application().awaitReady();
        return "started again " + (site.application().restarts() - before) + " times until it was there";
    }

    /** While images come of a schema that the application has not seen yet, and cannot read without the registry. */
    private static String downInTheMiddle(Site site, NumberedLoad load, Random random) throws Exception {
        int before = site.application().restarts();
        int schema = load.registerSchema();
        site.registry().down();
        load.useSchema(schema);
        Duration length = Site.between(SHORT, LONG, random);
        Thread.sleep(length.toMillis());
        site.registry().up();
        int restarts = site.application().restarts() - before;
        return "for " + length.toSeconds() + " s, with images of a new schema; " + restarts + " restarts meanwhile";
    }
}
