package io.oodmonitor.cli;

import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.SettingsFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Option;

/** Which cluster and with which settings: the same options for every command that talks to one. */
public final class ConnectionOptions {

    /** Where {@code run} listens if nothing else is said, and so where the other commands look. */
    static final int BROKER_PORT = 9092;
    static final int REGISTRY_PORT = 8081;

    private static final String LOOPBACK = "127.0.0.1";
    private static final String REGISTRY_URL = "schema.registry.url";

    @Option(names = {"-b", "--bootstrap-server", "--bootstrap-servers"}, paramLabel = "HOST:PORT,...",
            description = "Brokers of the cluster (bootstrap.servers).")
    private String bootstrapServers;

    @Option(names = {"-r", "--registry"}, paramLabel = "URL,...",
            description = "Schema registry (schema.registry.url).")
    private String registry;

    @Option(names = {"-c", "--config"}, paramLabel = "FILE",
            description = "Properties file with settings of the monitor and of Kafka's clients.")
    private Path file;

    @Option(names = {"-s", "--set"}, paramLabel = "NAME=VALUE", mapFallbackValue = "",
            description = "One setting; may be repeated. Goes before the environment (OOD_SCORING_BATCH_SIZE for "
                    + "scoring.batch.size), and that before the file.")
    private final Map<String, String> settings = new HashMap<>();

    /**
     * The settings as given, the bundle found.
     *
     * @throws ConfigException in one sentence, if a setting is unknown or not allowed
     */
    public MonitorConfig config() {
        return config(Map.of());
    }

    /** The same over defaults for the cluster: the broker and the registry that {@code run} starts. */
    public MonitorConfig configOrLocal() {
        MonitorConfig given = config();
        if (namesCluster(given)) {
            return given;
        }
        return config(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, LOOPBACK + ":" + BROKER_PORT));
    }

    /** The settings as given, under these. */
    MonitorConfig config(Map<String, String> stronger) {
        Map<String, String> options = new HashMap<>(settings);
        if (bootstrapServers != null) {
            options.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        }
        if (registry != null) {
            options.put(REGISTRY_URL, registry);
        }
        options.putAll(stronger);
        MonitorConfig config = SettingsFile.load(Optional.ofNullable(file), System.getenv(), options);
        Path bundle = Home.resolve(config.bundle());
        if (bundle.equals(config.bundle())) {
            return config;
        }
        options.put(MonitorConfig.BUNDLE, bundle.toString());
        return SettingsFile.load(Optional.ofNullable(file), System.getenv(), options);
    }

    /** True if the settings say which cluster. */
    static boolean namesCluster(MonitorConfig config) {
        return config.kafka().containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }
}
