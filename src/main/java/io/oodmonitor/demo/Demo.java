package io.oodmonitor.demo;

import io.oodmonitor.cli.Clients;
import io.oodmonitor.cli.CommandFailure;
import io.oodmonitor.cli.LocalServices;
import io.oodmonitor.cli.ScratchFolder;
import io.oodmonitor.cli.StopSignal;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.event.RegistrySettings;
import io.oodmonitor.stream.HttpSettings;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.TopicNames;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.topics.TopicSetup;
import io.oodmonitor.web.WebServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;

/** Runs the demo: services, monitor, calibration, stream, account. Not thread-safe. */
final class Demo implements AutoCloseable {

    /** Stops what was started. */
    private interface Closing {
        void close();
    }

    private static final int CALIBRATION = 1_000;
    private static final int PARTITIONS = 4;
    private static final int DASHBOARD_PORT = 8080;
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LAST_ALERTS = Duration.ofSeconds(10);

    private final LocalServices services;
    private final Path bundle;
    private final Script script;
    private final int rate;
    private final Board board;
    private final Factory factory;
    private final int seed;
    private final Ledger ledger = new Ledger();
    private final Deque<Closing> open = new ArrayDeque<>();
    private LocalServices.Running local;
    private WebServer web;
    private Monitor monitor;
    private MonitorConfig config;
    private RegistryClient registry;
    private Watcher watcher;
    private Producer<String, ImageEvent> producer;
    private OodThreshold threshold;
    private Duration streamed = Duration.ZERO;

    Demo(LocalServices services, Path bundle, Script script, int rate, int seed, Board board) {
        this.services = services;
        this.bundle = bundle;
        this.script = script;
        this.rate = rate;
        this.seed = seed;
        this.board = board;
        this.factory = new Factory(script, seed);
    }

    /** Runs until the script ends, or a signal asks to stop; then waits until every image is accounted for. */
    void run(StopSignal stop) throws Exception {
        board.progress("Starting a Kafka broker, a schema registry and the monitor...");
        // Drawn while the services start.
        CompletableFuture<List<ImageEvent>> calibration = CompletableFuture.supplyAsync(() ->
                IntStream.range(0, CALIBRATION).mapToObj(new Factory(script, seed)::calibrationImage).toList());
        start();
        board.progress("Calibrating on " + Numbers.count(CALIBRATION) + " labelled images...");
        calibrate(calibration.get(), stop);
        if (stop.isRequested()) {
            return;
        }
        stream(stop);
        board.progress("Waiting for the last verdicts...");
        awaitEnd();
    }

    private void start() throws Exception {
        ScratchFolder scratch = ScratchFolder.create("ood-monitor-demo");
        open.push(scratch::close);
        Path folder = scratch.path();
        local = services.start(folder, freeOr(9092), freeOr(8081));
        open.push(local::close);
        config = new MonitorConfig(Map.ofEntries(
                Map.entry(MonitorConfig.BUNDLE, bundle.toString()),
                Map.entry(MonitorConfig.CALIBRATION_WINDOW, CALIBRATION),
                Map.entry(MonitorConfig.CALIBRATION_MINIMUM, CALIBRATION),
                Map.entry(MonitorConfig.CALIBRATION_INTERVAL, 200L),
                Map.entry(MonitorConfig.RATE_WINDOW, WINDOW.toMillis()),
                Map.entry(MonitorConfig.RATE_GRACE, 200L),
                Map.entry(MonitorConfig.RATE_IDLE, 1_500L),
                Map.entry(HttpSettings.PORT, freeOr(DASHBOARD_PORT)),
                Map.entry(RegistrySettings.URL, local.registryUrl()),
                Map.entry(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, local.bootstrapServers()),
                Map.entry(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("streams").toString())));
        web = WebServer.start(HttpSettings.from(config).orElseThrow());
        open.push(web::close);
        board.progress("The dashboard is on " + web.url() + (web.url().getPort() == DASHBOARD_PORT ? ""
                : ", as another program has port " + DASHBOARD_PORT));
        Clients clients = new Clients(config);
        try (Admin admin = clients.admin()) {
            new TopicSetup(admin, local.bootstrapServers(), PATIENCE)
                    .ensure(Topics.specs(config, PARTITIONS, (short) 1));
        }
        monitor = Monitor.start(config, web::listener);
        open.push(monitor::close);
        web.tellOf(monitor);
        if (!monitor.awaitRunning(PATIENCE)) {
            throw new CommandFailure("The monitor is not running after " + PATIENCE.toSeconds() + " s");
        }
        registry = new RegistryClient(config.registry());
        producer = clients.imageProducer(registry);
        open.push(producer::close);
        TopicNames topics = config.topics();
        List<TopicPartition> outputs = new ArrayList<>();
        for (String topic : topics.all()) {
            if (!topics.inputs().contains(topic) && !topic.equals(topics.alerts())) {
                outputs.addAll(clients.partitions(topic));
            }
        }
        watcher = new Watcher(clients.consumer(), outputs, topics, registry, ledger, board);
        open.push(watcher::close);
    }

    private void calibrate(List<ImageEvent> images, StopSignal stop) throws InterruptedException {
        for (ImageEvent image : images) {
            producer.send(new ProducerRecord<>(config.topics().calibrationImages(), image.getId(), image));
        }
        producer.flush();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (threshold == null && !stop.isRequested()) {
            watcher.awaitThreshold(CALIBRATION, REDRAW).ifPresent(found -> threshold = found);
            requireHealthy();
            if (System.nanoTime() > deadline) {
                throw new CommandFailure(
                        "There is no threshold " + PATIENCE.toSeconds() + " s after the calibration images");
            }
        }
    }

    private void stream(StopSignal stop) throws InterruptedException {
        long start = System.nanoTime();
        long drawn = 0;
        for (long number = 0; !stop.isRequested(); number++) {
            Duration due = Duration.ofNanos(number * 1_000_000_000L / rate);
            if (script.length().isPresent() && due.compareTo(script.length().get()) >= 0) {
                break;
            }
            long wait = start + due.toNanos() - System.nanoTime();
            if (wait > 0 && stop.await(Duration.ofNanos(wait))) {
                break;
            }
            send(number, due);
            streamed = Duration.ofNanos(System.nanoTime() - start);
            if (System.nanoTime() - drawn > REDRAW.toNanos()) {
                drawn = System.nanoTime();
                board.show(snapshot(due));
                requireHealthy();
            }
        }
        producer.flush();
    }

    private void send(long number, Duration when) {
        SentImage image = factory.plan(number, when);
        Instant captured = Instant.now();
        ImageEvent event = factory.draw(image, number, captured);
        ledger.sent(image, System.nanoTime());
        producer.send(new ProducerRecord<>(config.topics().images(), image.id(), event));
    }

    private void awaitEnd() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ledger.isComplete() && System.nanoTime() < deadline) {
            Thread.sleep(50);
            requireHealthy();
        }
        long lastAlerts = System.nanoTime() + LAST_ALERTS.toNanos();
        while (ledger.isAnyRaised() && script.length().isPresent() && System.nanoTime() < lastAlerts) {
            Thread.sleep(50);
        }
        // One that comes twice comes soon.
        Thread.sleep(500);
    }

    private void requireHealthy() {
        monitor.failure().ifPresent(failure -> {
            throw new CommandFailure("The stream stopped: " + failure.getMessage(), failure);
        });
        watcher.failure().ifPresent(failure -> {
            throw new CommandFailure("The output topics cannot be read: " + failure.getMessage(), failure);
        });
    }

    private Snapshot snapshot(Duration elapsed) {
        return new Snapshot(elapsed, monitor.bundle().name() + " " + monitor.bundle().version() + " with "
                + monitor.bundle().detectorVersion(), local.bootstrapServers(), local.registryUrl(), web.url(),
                String.format(Locale.ROOT, "%.3f from %s for %s false alarms", threshold.getThreshold(),
                        Numbers.count(threshold.getSamples(), "image"),
                        Numbers.percent(threshold.getTargetFalseAlarmRate())),
                watcher.imagesPerSecond(), ledger.totals(),
                Script.SOURCES.stream().map(source -> new Snapshot.Source(source, script.episode(source, elapsed),
                        watcher.rates(source), watcher.isRaised(source))).toList());
    }

    /** @throws CommandFailure if the demo was stopped before it had anything to account for */
    Summary summary() {
        if (threshold == null || watcher.firstVerdictAt() == 0) {
            throw new CommandFailure("The demo was stopped before its first verdict");
        }
        Duration firstVerdict = Duration.ofMillis(
                watcher.firstVerdictAt() - ManagementFactory.getRuntimeMXBean().getStartTime());
        return new Summary(ledger.totals(), threshold, streamed, firstVerdict);
    }

    /** The port that everybody expects, or any other if it is taken. */
    private static int freeOr(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return port;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Stops everything, in the reverse order of its start. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
