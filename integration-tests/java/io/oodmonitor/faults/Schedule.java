package io.oodmonitor.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The faults in an order that a seed decides: each once a round, the engine's one after the other. Not thread-safe.
 */
final class Schedule {

    private final Random random;
    private final boolean brief;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> engineFaults;

    Schedule(CampaignSettings settings, Site site, NumberedLoad load, Watch watch) {
        random = new Random(settings.seed());
        brief = settings.brief();
        faults.addAll(ApplicationFaults.all());
        faults.addAll(DiskFaults.all(site.disk()));
        faults.addAll(BrokerFaults.of(settings.brokers(), settings.outage()));
        faults.addAll(RegistryFaults.all(load));
        engineFaults = EngineFaults.all(load, watch, settings.kills());
    }

    /** What decides all that the faults leave open. */
    Random random() {
        return random;
    }

    /** The next round's faults, but for the engine's. */
    List<Fault> round() {
        return shuffled(faults);
    }

    /** The next round's faults of the engine. */
    List<Fault> engineRound() {
        return shuffled(engineFaults);
    }

    private List<Fault> shuffled(List<Fault> all) {
        List<Fault> order = new ArrayList<>(all.stream().filter(fault -> fault.brief() || !brief).toList());
        Collections.shuffle(order, random);
        return order;
    }
}
