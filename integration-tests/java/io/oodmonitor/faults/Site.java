package io.oodmonitor.faults;

import io.oodmonitor.stream.MonitorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Where faults happen: brokers, a registry, instances of the application, and the load on them. Not thread-safe. */
final class Site implements AutoCloseable {

    static final String APPLICATION_ID = "fault-campaign";

    private static final String SECOND = "application-2";

    private final Path folder;
    private final Cluster cluster;
    private final RegistryUnderTest registry;
    private final Bundles bundles;
    private final Application application;
    private final Set<Application> joined = new HashSet<>();
    private int ended;

    private Site(Path folder, Cluster cluster, RegistryUnderTest registry) {
        this.folder = folder;
        this.cluster = cluster;
        this.registry = registry;
        this.bundles = new Bundles(folder.resolve("bundles"));
        this.application = instance("application-1");
    }

    /** Brokers and registry run then; topics and application are still to come. */
    static Site build(Path folder, int brokers) throws IOException, InterruptedException {
        RegistryUnderTest registry = RegistryUnderTest.start(Files.createDirectories(folder.resolve("registry")));
        try {
            return new Site(folder, Cluster.start(folder.resolve("cluster"), brokers), registry);
        } catch (RuntimeException | IOException | InterruptedException e) {
            registry.close();
            throw e;
        }
    }

    /** The application's, quick to notice what has died. */
    private Map<String, String> settings() {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, cluster.proxied(),
                "schema.registry.url", registry.url(),
                StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID,
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "6000",
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "1500",
                MonitorConfig.SCORING_TIMEOUT, "4000",
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), "8000",
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

    Bundles bundles() {
        return bundles;
    }

    /** The instance that all faults find running, on the latest bundle, and leave so. */
    Application application() {
        return application;
    }

    /** Starts a second instance on the latest bundle and waits until it takes its share. */
    Application join() throws InterruptedException {
        Application second = instance(SECOND);
        joined.add(second);
        second.launch(bundles.latest());
        second.awaitReady();
        return second;
    }

    /** Ends an instance that joined. */
    void leave(Application second) throws InterruptedException {
        second.terminate();
        ended += second.restarts();
        joined.remove(second);
    }

    /** Ends the application in good order, and starts it again once something was done meanwhile. */
    void whileDown(Meanwhile action) throws Exception {
        application.terminate();
        action.run();
        application.launch(bundles.latest());
    }

    /** What is done while the application is down. */
    @FunctionalInterface
    interface Meanwhile {
        void run() throws Exception;
    }

    /** How often an instance was started again because it had ended by itself or was killed. */
    int restarts() {
        return ended + application.restarts();
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
        joined.forEach(Application::close);
        application.close();
        cluster.close();
        registry.close();
    }
}
