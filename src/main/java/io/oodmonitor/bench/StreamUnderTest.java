package io.oodmonitor.bench;

import io.oodmonitor.cli.Clients;
import io.oodmonitor.cli.CommandFailure;
import io.oodmonitor.cli.LocalServices;
import io.oodmonitor.cli.SampleEvent;
import io.oodmonitor.event.AvroSerializer;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.event.RegistrySettings;
import io.oodmonitor.scoring.EngineStatistics;
import io.oodmonitor.scoring.device.Device;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.TopicNames;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.topics.TopicSetup;
import io.oodmonitor.topics.TopicSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** A monitor on topics of its own, exactly once, started anew for every setting. Not thread-safe. */
final class StreamUnderTest implements AutoCloseable {

    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration WARM_UP_STEP = Duration.ofSeconds(10);
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(2);
    /** No longer than this many measurements. */
    private static final int WARM_UP_LENGTHS = 20;
    /** So that ten of them take longer than their p99: of 200 it would be the second longest. */
    private static final int LATENCIES = 1000;
    /** No longer than this many measurements. */
    private static final int LATENCY_LENGTHS = 10;
    private static final String BROKER_TOPIC = "bench-broker";
    private static final String COPY_INPUT = "bench-copy-in";
    private static final String COPY_OUTPUT = "bench-copy-out";

    private final LocalServices.Running services;
    private final Path bundle;
    private final Device device;
    private final Path folder;
    private final Guard guard;
    private final Duration length;
    private final List<byte[]> events;
    private final Clients clients;
    private final Traffic traffic;
    private Monitor monitor;

    /**
     * Makes the topics; no monitor runs yet.
     *
     * @param folder of the monitor's state
     * @param length of each measurement
     */
    StreamUnderTest(LocalServices.Running services, Path bundle, Device device, Workload workload, Path folder,
                    Duration length, Guard guard) throws InterruptedException {
        this.services = services;
        this.bundle = bundle;
        this.device = device;
        this.folder = folder;
        this.guard = guard;
        this.length = length;
        MonitorConfig config = config(Map.of());
        // A wait for more to send would count as latency.
        this.clients = new Clients(config(Map.of(
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0)));
        TopicNames topics = config.topics();
        try (Admin admin = clients.admin()) {
            List<TopicSpec> specs = new ArrayList<>(Topics.specs(config, PARTITIONS, (short) 1));
            for (String topic : List.of(BROKER_TOPIC, COPY_INPUT, COPY_OUTPUT)) {
                specs.add(new TopicSpec(topic, PARTITIONS, (short) 1, specs.get(0).configs()));
            }
            specs.replaceAll(StreamUnderTest::briefly);
            new TopicSetup(admin, services.bootstrapServers(), PATIENCE).ensure(specs);
        }
        AvroSerializer<ImageEvent> serializer =
                new AvroSerializer<>(new RegistryClient(config.registry()), ImageEvent.class);
        this.events = workload.samples().stream().map(sample -> serializer.serialize(topics.images(),
                SampleEvent.of(sample, sample.id(), "bench", null))).toList();
        List<TopicPartition> outputs = new ArrayList<>(clients.partitions(topics.scores()));
        outputs.addAll(clients.partitions(topics.deadLetters()));
        this.traffic = new Traffic(clients.bytesProducer(), topics.images(), events, clients.consumer(), outputs,
                Optional.of(topics.deadLetters()), guard);
        guard.watch(() -> monitor == null ? Optional.empty() : monitor.failure());
    }

    /** However long it runs, the disk is not filled; what is under way, 512 MiB at most, is never deleted. */
    private static TopicSpec briefly(TopicSpec topic) {
        Map<String, String> configs = new HashMap<>(topic.configs());
        configs.put(TopicConfig.RETENTION_BYTES_CONFIG, Integer.toString(512 << 20));
        configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 << 20));
        return new TopicSpec(topic.name(), topic.partitions(), topic.replication(), configs);
    }

    MonitorConfig config(Map<String, ?> settings) {
        return new MonitorConfig(settings(settings));
    }

    /** All that a monitor on these topics is started with. */
    Map<String, Object> settings(Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                MonitorConfig.BUNDLE, bundle.toString(),
                MonitorConfig.DEVICE, device.toString(),
                StreamsConfig.APPLICATION_ID_CONFIG, "ood-monitor-bench",
                StreamsConfig.STATE_DIR_CONFIG, folder.toString(),
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, services.bootstrapServers(),
                RegistrySettings.URL, services.registryUrl()));
        all.putAll(settings);
        return all;
    }

    /**
     * Whatever monitors run, under load, until their JVMs and this one have compiled what counts: with a slow network that
     * takes minutes, as little runs often.
     *
     * @param processes of monitors that run elsewhere
     */
    double warmUp(long ahead, long... processes) throws InterruptedException {
        traffic.saturate(ahead);
        traffic.awaitNext();
        Tally.Mark begin = traffic.tally().mark();
        List<JvmCompiler> compilers = new ArrayList<>(LongStream.of(processes).mapToObj(JvmCompiler::of).toList());
        compilers.add(JvmCompiler.own());
        Duration spent = Duration.ZERO;
        boolean quiet;
        do {
            guard.pause(WARM_UP_STEP);
            spent = spent.plus(WARM_UP_STEP);
            // Each is asked at each step, as it answers for the time since.
            quiet = compilers.stream().filter(JvmCompiler::isQuiet).count() == compilers.size();
        } while (!quiet && spent.compareTo(length.multipliedBy(WARM_UP_LENGTHS)) < 0
                && spent.compareTo(LONGEST_WARM_UP) < 0);
        double rate = traffic.tally().mark().since(begin);
        traffic.finish();
        return rate;
    }

    /** Whatever monitors run, with more than they can take, then until all has come out. */
    double rate(long ahead) throws InterruptedException {
        traffic.saturate(ahead);
        Tally.Mark begin = warm(traffic);
        guard.pause(length);
        double rate = traffic.tally().mark().since(begin);
        traffic.finish();
        return rate;
    }

    /** The same bytes to the broker and back, with nothing in between. */
    double brokerAlone() throws InterruptedException {
        try (Traffic there = new Traffic(clients.bytesProducer(), BROKER_TOPIC, events, clients.consumer(),
                clients.partitions(BROKER_TOPIC), Optional.empty(), guard)) {
            there.saturate(Long.MAX_VALUE);
            Tally.Mark begin = warm(there);
            guard.pause(length);
            return there.tally().mark().since(begin);
        }
    }

    /** The same events for a topology that only copies; it runs until it is closed. */
    CopyingStream copying() throws InterruptedException {
        return new CopyingStream(config(Map.of(StreamsConfig.APPLICATION_ID_CONFIG, "ood-monitor-bench-copy")), clients,
                events, COPY_INPUT, COPY_OUTPUT, length, guard);
    }

    /** How often the stream commits. */
    long commitMillis() {
        return config(Map.of()).commitInterval().toMillis();
    }

    private Tally.Mark warm(Traffic warming) throws InterruptedException {
        warming.awaitNext();
        guard.pause(length.dividedBy(4));
        return warming.tally().mark();
    }

    void start(Setting setting) throws InterruptedException {
        start(setting.configuration());
    }

    /** @param settings over the defaults */
    void start(Map<String, String> settings) throws InterruptedException {
        monitor = Monitor.start(config(settings));
        if (!monitor.awaitRunning(PATIENCE)) {
            guard.check();
            throw new CommandFailure("The monitor is not running after " + PATIENCE.toSeconds() + " s");
        }
    }

    void stop() {
        monitor.close();
        monitor = null;
    }

    /**
     * The running monitor with more than it can take, then until all has come out.
     *
     * @param ahead how many images to be ahead of it
     */
    Saturated saturated(Setting setting, long ahead) throws InterruptedException {
        traffic.saturate(ahead);
        Tally.Mark begin = warm(traffic);
        EngineStatistics before = monitor.statistics();
        ProcessorTime earlier = ProcessorTime.now();
        try (MemoryPeak memory = new MemoryPeak()) {
            guard.pause(length);
            Tally.Mark end = traffic.tally().mark();
            ProcessorTime later = ProcessorTime.now();
            EngineStatistics after = monitor.statistics();
            EngineWork work = EngineWork.between(before, after);
            Map<Stage, Double> millis = new EnumMap<>(Stage.class);
            later.since(earlier).forEach((stage, nanos) -> millis.put(stage, nanos / 1e6 / Math.max(1, work.images())));
            traffic.finish();
            int cores = Runtime.getRuntime().availableProcessors();
            return new Saturated(new Trial(setting, end.since(begin), work.batchSize()), work.waits(), millis,
                    later.utilisation(earlier, cores), later.others(earlier, cores), memory.bytes(),
                    after.peakBytesInFlight());
        }
    }

    /** The running monitor with a part of what it can take. */
    Load load(double share, double saturated) throws InterruptedException {
        double offered = share * saturated;
        traffic.tally().takeLatencies();
        EngineStatistics before = monitor.statistics();
        long sentBefore = traffic.tally().totals().sent();
        long start = System.nanoTime();
        traffic.pace(offered);
        guard.pause(latencyLength(offered));
        double rate = (traffic.tally().totals().sent() - sentBefore) * 1e9 / (System.nanoTime() - start);
        traffic.finish();
        return new Load(share, rate, traffic.tally().takeLatencies().latency(),
                EngineWork.between(before, monitor.statistics()));
    }

    private Duration latencyLength(double imagesPerSecond) {
        double longest = LATENCY_LENGTHS * length.toMillis();
        double wanted = Math.max(length.toMillis(), 1000 * LATENCIES / imagesPerSecond);
        return Duration.ofMillis(Math.round(Math.min(longest, wanted)));
    }

    /** What is sent and what comes out, for those who measure themselves. */
    Traffic traffic() {
        return traffic;
    }

    EngineStatistics statistics() {
        return monitor.statistics();
    }

    Tally.Totals totals() {
        return traffic.tally().totals();
    }

    @Override
    public void close() {
        traffic.close();
        if (monitor != null) {
            stop();
        }
    }
}
