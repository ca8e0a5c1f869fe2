package io.oodmonitor.cli;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.event.RegistrySettings;
import io.oodmonitor.scoring.DeviceLostException;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.TopicNames;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.topics.TopicSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

    private static final Duration STATUS_INTERVAL = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** Longer than the monitor and the embedded services take at worst. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
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
            SettingsTemplate.lines().forEach(this::print);
            return ExitCode.OK;
        }
        MonitorConfig config = connection.config();
        boolean joins = ConnectionOptions.namesCluster(config);
        for (String option : LOCAL_ONLY) {
            Arguments.require(spec, !joins || !spec.commandLine().getParseResult().hasMatchedOption(option), option
                    + " is for the broker and registry that the monitor starts without bootstrap.servers, but that is "
                    + config.kafka().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
        }
        Instant start = Instant.now();
        try (StopSignal stop = StopSignal.listen(STOP_PATIENCE)) {
            if (joins) {
                requireTopics(config);
                monitor(config, Optional.empty(), start, stop);
            } else {
                runLocally(config, start, stop);
            }
        }
        return ExitCode.OK;
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

    private void runLocally(MonitorConfig given, Instant start, StopSignal stop) throws InterruptedException {
        LocalServices local = services.get().orElseThrow(() -> new CommandFailure("There is no cluster to run on: set "
                + "bootstrap.servers, or, for a broker of its own, "
                + "add the jars of target/app/lib-embedded to the class path"));
        spec.commandLine().getErr().println("Starting a broker and a registry...");
        try (LocalServices.Running running = local.start(data, port, registryPort)) {
            MonitorConfig config = connection.config(localSettings(given, running));
            Clients clients = new Clients(config);
            try (Admin admin = clients.admin()) {
                clients.topics(admin).ensure(specs(config, (short) 1));
            }
            monitor(config, Optional.of(data), start, stop);
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

    private void monitor(MonitorConfig config, Optional<Path> ownData, Instant start, StopSignal stop)
            throws InterruptedException {
        try (Monitor monitor = Monitor.start(config)) {
            describe(monitor, config, ownData);
            // The stream may stop by itself: then nothing is left to wait for.
            Thread watcher = new Thread(() -> requestWhenStopped(monitor, stop), "ood-run-watcher");
            watcher.setDaemon(true);
            watcher.start();
            awaitReady(monitor, start, stop);
            RunStatus status = new RunStatus(config.topics(), System::nanoTime);
            while (!stop.await(STATUS_INTERVAL)) {
                if (!quiet) {
                    status.line(monitor.statistics(), monitor.produced()).ifPresent(this::print);
                }
            }
            if (monitor.failure().isPresent()) {
                Throwable failure = monitor.failure().get();
                throw new CommandFailure((failure instanceof DeviceLostException ? ""
                        : "The stream stopped after failing again and again: ") + Failures.sentence(failure), failure);
            }
            print("Stopping...");
        }
        print("Stopped.");
    }

    private static void requestWhenStopped(Monitor monitor, StopSignal stop) {
        try {
            monitor.awaitStopped();
            stop.request();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void describe(Monitor monitor, MonitorConfig config, Optional<Path> ownData) {
        Bundle bundle = monitor.bundle();
        TopicNames topics = config.topics();
        print("Model      " + bundle.name() + " " + bundle.version() + ", " + Numbers.count(bundle.classes().size())
                + " classes, " + bundle.width() + " x " + bundle.height() + " pixels, detector "
                + bundle.detectorVersion());
        print("Device     " + monitor.providers().stream().map(Object::toString).collect(Collectors.joining(", ")));
        print("Threshold  " + bundle.fittedThreshold().map(fitted -> String.format(Locale.ROOT,
                "%.4f from %s with the bundle, for %s false alarms; calibration images move %s",
                fitted.threshold().threshold(), Numbers.count(fitted.threshold().samples(), "image"),
                Numbers.percent(fitted.threshold().targetFalseAlarmRate()),
                config.updateMask() ? "it, and the mask" : "it"))
                .orElse("none yet: send calibration images"));
        print("Reads      " + topics.images() + ", " + topics.calibrationImages());
        print("Writes     " + topics.all().stream().filter(name -> !topics.inputs().contains(name))
                .collect(Collectors.joining(", ")));
        print("Kafka      " + config.kafka().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
                + ownData.map(folder -> " (its own, data in " + folder + ")").orElse(""));
        // Not the setting itself, which may hold a password.
        print("Registry   " + config.registry().urls().stream().map(Object::toString)
                .collect(Collectors.joining(", ")));
    }

    private void awaitReady(Monitor monitor, Instant start, StopSignal stop) throws InterruptedException {
        boolean told = false;
        while (!monitor.awaitRunning(STATUS_INTERVAL)) {
            if (stop.await(PAUSE)) {
                return;
            }
            if (!told) {
                print("Waiting for partitions: an instance that ended badly keeps its own until its session ends.");
                told = true;
            }
        }
        print(Style.ofOutput().bold("READY") + " after " + Numbers.duration(Duration.between(start, Instant.now()))
                + ". Send images with 'ood-monitor send', watch with 'ood-monitor watch alerts', end with Ctrl-C.");
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
