package io.oodmonitor.faults;

import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.topics.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Lets faults of every kind happen to the running application, one after the other, under load, and audits what came
 * out. A fault follows when the stream has come back from the one before. Not thread-safe.
 */
final class FaultCampaign {

    private static final int PARTITIONS = 4;
    private static final int IMAGES_PER_SECOND = 150;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration RECOVERY = Duration.ofMinutes(2);

    private final CampaignSettings settings;
    private final Path folder;
    private final Consumer<String> progress;
    private final Ledger ledger = new Ledger();
    private final List<FaultSeen> seen = new ArrayList<>();
    private Site site;
    private NumberedLoad load;
    private Watch watch;
    private long start;

    /**
     * @param folder   for data and logs of all processes; empty
     * @param progress is told each fault when it begins, and when it is over
     */
    FaultCampaign(CampaignSettings settings, Path folder, Consumer<String> progress) {
        this.settings = settings;
        this.folder = folder;
        this.progress = progress;
    }

    /** Runs once. */
    CampaignReport run() throws Exception {
        try (Site built = Site.build(folder, settings.brokers())) {
            site = built;
            createTopics();
            site.application().launch(site.bundles().latest());
            site.application().awaitReady();
            String direct = site.cluster().direct();
            MonitorConfig config = site.config();
            try (NumberedLoad sender = new NumberedLoad(direct, config, ledger, IMAGES_PER_SECOND, settings.seed());
                    Watch follower = new Watch(direct, config, ledger)) {
                load = sender;
                watch = follower;
                awaitFlow();
                start = System.nanoTime();
                rounds(new Schedule(settings, site, load, watch));
                load.finish();
                double seconds = seconds(start);
                progress.accept("audit");
                return report(new Audit(direct, config, ledger), seconds);
            }
        }
    }

    private void createTopics() {
        try (Admin admin = site.admin()) {
            new TopicSetup(admin, site.cluster().direct(), PATIENCE)
                    .ensure(Topics.specs(site.config(), PARTITIONS, (short) settings.brokers()));
        }
    }

    /** Faults begin when verdicts come out of every partition. */
    private void awaitFlow() throws InterruptedException {
        Map<Integer, Long> none = IntStream.range(0, PARTITIONS).boxed()
                .collect(Collectors.toMap(partition -> partition, partition -> -1L));
        if (watch.awaitPast(none, RECOVERY).isEmpty()) {
            load.check();
            throw new IllegalStateException("no verdicts came out of every partition within " + RECOVERY);
        }
    }

    /** The first round is finished whatever the time: it holds every fault. */
    private void rounds(Schedule schedule) throws Exception {
        boolean first = true;
        do {
            inject(schedule.round(), schedule, first);
            EngineFaults.take(site, true);
            inject(schedule.engineRound(), schedule, first);
            EngineFaults.take(site, false);
            first = false;
        } while (!isOver());
    }

    private boolean isOver() {
        return System.nanoTime() - start >= settings.length().toNanos();
    }

    private void inject(List<Fault> faults, Schedule schedule, boolean all) throws Exception {
        for (Fault fault : faults) {
            if (all || !isOver()) {
                inject(fault, schedule);
            }
        }
    }

    private void inject(Fault fault, Schedule schedule) throws Exception {
        load.check();
        progress.accept(fault.name());
        long began = System.nanoTime();
        String words;
        boolean ended = true;
        try {
            words = fault.injection().into(site, schedule.random());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            words = e.toString();
            ended = false;
        }
        double lasted = seconds(began);
        Optional<Duration> recovered = ended
                ? watch.awaitPast(ledger.ends(site.config().topics().images()), RECOVERY) : Optional.empty();
        FaultSeen fought = new FaultSeen(fault.name(), (began - start) / 1e9, lasted,
                recovered.map(time -> time.toMillis() / 1e3).orElse(null), words);
        seen.add(fought);
        progress.accept(fought.shortly());
        if (recovered.isEmpty()) {
            load.check();
            site.restore();
        }
    }

    private CampaignReport report(Audit audit, double seconds) throws Exception {
        boolean done;
        try (Admin admin = site.admin()) {
            done = audit.awaitDone(admin, Site.APPLICATION_ID, RECOVERY);
        }
        return new CampaignReport(settings.seed(), settings.brokers(), seconds, site.restarts(), site.crashes(), done,
                seen, DiskFaults.notShown(site.disk()).stream().toList(), audit.findings());
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
