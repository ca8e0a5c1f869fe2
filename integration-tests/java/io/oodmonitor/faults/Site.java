package io.oodmonitor.faults;

import io.oodmonitor.stream.MonitorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Where faults happen: brokers, a registry, and instances of the application. Not thread-safe. */
final class Site implements AutoCloseable {

    static final String APPLICATION_ID = "fault-campaign";

    /** How long an instance that says nothing keeps its partitions. */
    static final Duration SESSION = Duration.ofSeconds(4);

    /** How long an image may wait for its score. */
    static final Duration SCORING_TIMEOUT = Duration.ofSeconds(3);

    /** How long a transaction may stay open, of which nothing is heard. */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(6);

    private static final String FIRST = "application-1";
    private static final String SECOND = "application-2";

    private final Path folder;
    private final Cluster cluster;
    private final RegistryUnderTest registry;
    private final Optional<SmallDisk> disk;
    private final Bundles bundles;
    private final Application application;
    private Optional<Application> second = Optional.empty();
    private int ended;

    private Site(Path folder, Cluster cluster, RegistryUnderTest registry, Optional<SmallDisk> disk) {
        this.folder = folder;
        this.cluster = cluster;
        this.registry = registry;
        this.disk = disk;
        this.bundles = new Bundles(folder.resolve("bundles"));
        this.application = instance(FIRST);
    }

    /** Brokers and registry run then; topics and application are still to come. */
    static Site build(Path folder, int brokers) throws IOException, InterruptedException {
        RegistryUnderTest registry = RegistryUnderTest.start(Files.createDirectories(folder.resolve("registry")));
        Optional<SmallDisk> disk = SmallDisk.mount(Application.home(folder, FIRST));
        try {
            return new Site(folder, Cluster.start(folder.resolve("cluster"), brokers), registry, disk);
        } catch (RuntimeException | IOException | InterruptedException e) {
            registry.close();
            disk.ifPresent(SmallDisk::close);
            throw e;
        }
    }

    /** The application's, quick to notice what has died. */
    private Map<String, String> settings() {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, cluster.proxied(),
                "schema.registry.url", registry.url(),
                StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID,
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Long.toString(SESSION.toMillis()),
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Long.toString(SESSION.toMillis() / 4),
                MonitorConfig.SCORING_TIMEOUT, Long.toString(SCORING_TIMEOUT.toMillis()),
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                        Long.toString(TRANSACTION_TIMEOUT.toMillis()),
                MonitorConfig.IMAGE_MAX_BYTES, "100000",
                MonitorConfig.CALIBRATION_WINDOW, "200",
                MonitorConfig.CALIBRATION_MINIMUM, "50");
    }

    /** What all instances are configured with, for topics and clients beside them. */
    MonitorConfig config() {
        return new MonitorConfig(settings());
    }

    private Application instance(String name) {
        return new Application(name, folder, settings());
    }

    Cluster cluster() {
        return cluster;
    }

    RegistryUnderTest registry() {
        return registry;
    }

    /** What the application keeps its files on; empty where this machine lets none be mounted. */
    Optional<SmallDisk> disk() {
        return disk;
    }

    Bundles bundles() {
        return bundles;
    }

    /** The instance that all faults find running, on the latest bundle, and leave so. */
    Application application() {
        return application;
    }

    /** Starts a second instance on the latest bundle and waits until it takes its share. */
    Application join() throws InterruptedException {
        Application joining = instance(SECOND);
        second = Optional.of(joining);
        joining.launch(bundles.latest());
        joining.awaitReady();
        return joining;
    }

    /** Ends the second instance, by SIGTERM. */
    void leave() throws InterruptedException {
        Application leaving = second.orElseThrow();
        leaving.stop();
        ended += leaving.restarts();
        second = Optional.empty();
    }

    /** Ends the second instance, by kill -9. */
    void leaveKilled() {
        Application leaving = second.orElseThrow();
        leaving.close();
        ended += leaving.restarts() + 1;
        second = Optional.empty();
    }

    /** Ends the application in good order, and starts it again once something was done meanwhile. */
    void whileDown(Meanwhile action) throws Exception {
        application.stop();
        action.run();
        application.launch(bundles.latest());
    }

    /** What is done while the application is down. */
    @FunctionalInterface
    interface Meanwhile {
        void run() throws Exception;
    }

    /** How often an instance was killed, or had ended by itself. */
    int restarts() {
        return ended + application.restarts();
    }

    /** Reports of instances whose JVM crashed. */
    int crashes() throws IOException {
        return JavaProcess.crashes(folder).size();
    }

    /** Makes whole what a fault has left that did not end as it should. */
    void restore() throws IOException {
        cluster.networks().forEach(TcpProxy::heal);
        registry.up();
        if (disk.isPresent()) {
            disk.get().free();
        }
        second.ifPresent(left -> leaveKilled());
        application.close();
        application.launch(bundles.latest());
    }

    Admin admin() {
        return Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, cluster.direct()));
    }

    /** Something between two lengths. */
    static Duration between(Duration least, Duration most, Random random) {
        return least.plusMillis((long) (random.nextDouble() * most.minus(least).toMillis()));
    }

    @Override
    public void close() {
        second.ifPresent(Application::close);
        application.close();
        cluster.close();
        registry.close();
        disk.ifPresent(SmallDisk::close);
    }
}
