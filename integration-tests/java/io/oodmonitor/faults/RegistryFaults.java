package io.oodmonitor.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What can happen to the registry. */
final class RegistryFaults {

    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofSeconds(8);

    private RegistryFaults() {}

    static List<Fault> all() {
        return List.of(new Fault("registry down at the start", RegistryFaults::downAtStart),
                new Fault("registry down in the middle", RegistryFaults::downInTheMiddle));
    }

    private static String downAtStart(Site site, Random random) throws Exception {
        int before = site.application().restarts();
        site.whileDown(site.registry()::down);
        Thread.sleep(Site.between(SHORT, LONG, random).toMillis());
        site.registry().up();
        site.application().awaitReady();
        return "started again " + (site.application().restarts() - before) + " times until it was there";
    }

    private static String downInTheMiddle(Site site, Random random) throws Exception {
        site.registry().down();
        Thread.sleep(Site.between(SHORT, LONG, random).toMillis());
        site.registry().up();
        return "";
    }
}
