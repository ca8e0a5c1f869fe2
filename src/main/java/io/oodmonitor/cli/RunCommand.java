package io.oodmonitor.cli;

import io.oodmonitor.event.RegistrySettings;
import io.oodmonitor.stream.HttpSettings;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.topics.TopicSpec;
import io.oodmonitor.web.WebServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "run", mixinStandardHelpOptions = true,
        description = {"Runs the monitor until Ctrl-C or SIGTERM.",
            "With bootstrap.servers it joins that cluster, whose topics must be there ('ood-monitor topics --create'). "
            + "Without, it starts a broker and a registry of its own on 127.0.0.1, for any Kafka client on this "
            + "machine; their data stays in a folder from one run to the next."},
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  On its own, on ports 9092 and 8081:",
            "    ood-monitor run",
            "  Another model, another port:",
            "    ood-monitor run --set bundle=my-bundle --port 19092",
            "  All settings, to choose from:",
            "    ood-monitor run --settings > my.conf",
            "  On the cluster that my.conf names, or the environment:",
            "    ood-monitor run --config my.conf",
            "    OOD_BOOTSTRAP_SERVERS=broker:9092 ood-monitor run"})
final class RunCommand implements Callable<Integer> {

    /** Less than the 30 s that Kubernetes gives a container. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(25);
    /** The embedded services come on top. */
    private static final Duration LOCAL_STOP_PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final String LOCAL_SESSION_MILLIS = "10000";
    private static final List<String> LOCAL_ONLY = List.of("--data", "--port", "--registry-port");

    private final Supplier<Optional<LocalServices>> services;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--data", paramLabel = "FOLDER", defaultValue = "ood-monitor-data",
            showDefaultValue = Visibility.ALWAYS,
            description = "Where the broker and the registry of its own keep data.")
    private Path data;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "" + ConnectionOptions.BROKER_PORT,
            showDefaultValue = Visibility.ALWAYS, description = "Port of the broker of its own; 0 for any free one.")
    private int port;

    @Option(names = "--registry-port", paramLabel = "PORT", defaultValue = "" + ConnectionOptions.REGISTRY_PORT,
            showDefaultValue = Visibility.ALWAYS, description = "Port of the registry of its own; 0 for any free one.")
    private int registryPort;

    @Option(names = {"-q", "--quiet"}, description = "No line every ten seconds.")
    private boolean quiet;

    @Option(names = "--settings", description = "Print every setting, its meaning and its default as a file for "
            + "--config, and end.")
    private boolean settings;

    /** @param services starts a broker and a registry, where the class path has them */
    RunCommand(Supplier<Optional<LocalServices>> services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        if (settings) {
            SettingsTemplate.lines().forEach(spec.commandLine().getOut()::println);
            return ExitCode.OK;
        }
        MonitorConfig config = connection.config();
        boolean joins = ConnectionOptions.namesCluster(config);
        for (String option : LOCAL_ONLY) {
            Arguments.require(spec, !joins || !spec.commandLine().getParseResult().hasMatchedOption(option), option
                    + " is for the broker and registry that the monitor starts without bootstrap.servers, but that is "
                    + config.kafka().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
        }
        try (StopSignal stop = StopSignal.listen(joins ? STOP_PATIENCE : LOCAL_STOP_PATIENCE)) {
            Optional<WebServer> web = HttpSettings.from(config).map(WebServer::start);
            try {
                MonitorRun run = new MonitorRun(notices(), quiet, web);
                if (joins) {
                    requireTopics(config);
                    run.run(config, Optional.empty(), stop);
                } else {
                    runLocally(config, run, stop);
                }
            } finally {
                web.ifPresent(WebServer::close);
            }
        }
        return ExitCode.OK;
    }

    private Notices notices() {
        return new Notices(spec.commandLine().getOut());
    }

    private void requireTopics(MonitorConfig config) throws InterruptedException {
        Clients clients = new Clients(config);
        try (Admin admin = clients.admin()) {
            List<String> missing = clients.topics(admin).missing(specs(config, TopicSpec.BROKER_DEFAULT));
            if (!missing.isEmpty()) {
                throw new CommandFailure(TopicsCommand.missingTopics(missing, clients.bootstrapServers()));
            }
        }
    }

    private void runLocally(MonitorConfig given, MonitorRun run, StopSignal stop) throws InterruptedException {
        LocalServices local = services.get().orElseThrow(() -> new CommandFailure("There is no cluster to run on: set "
                + "bootstrap.servers, or, for a broker of its own, "
                + "add the jars of target/app/lib-embedded to the class path"));
        notices().tell("Starting a broker and a registry...");
        try (LocalServices.Running running = local.start(data, port, registryPort)) {
            MonitorConfig config = connection.config(localSettings(given, running));
            Clients clients = new Clients(config);
            try (Admin admin = clients.admin()) {
                clients.topics(admin).ensure(specs(config, (short) 1));
            }
            run.run(config, Optional.of(data), stop);
        }
    }

    private Map<String, String> localSettings(MonitorConfig given, LocalServices.Running running) {
        Map<String, String> settings = new HashMap<>(Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, running.bootstrapServers(),
                RegistrySettings.URL, running.registryUrl(),
                StreamsConfig.STATE_DIR_CONFIG, data.resolve("streams").toString()));
        if (!given.kafka().containsKey(CommonClientConfigs.SESSION_TIMEOUT_MS_CONFIG)) {
            // After kill -9 the next run waits for the last one's session: Kafka's 45 s are for networks that fail.
            settings.put(CommonClientConfigs.SESSION_TIMEOUT_MS_CONFIG, LOCAL_SESSION_MILLIS);
        }
        return settings;
    }

    private static List<TopicSpec> specs(MonitorConfig config, short replication) {
        return Topics.specs(config, PARTITIONS, replication);
    }
}
