package io.oodmonitor.harness;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.embedded.EmbeddedRegistry;
import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.AvroSerializer;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.TopicNames;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.stream.processor.MonitorListener;
import io.oodmonitor.topics.TopicSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** A registry, topics of its own on a broker, and a monitor that can be stopped and started again. Not thread-safe. */
public final class RunningMonitor implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> TOPIC_SETTINGS = List.of(MonitorConfig.IMAGES_TOPIC,
            MonitorConfig.CALIBRATION_IMAGES_TOPIC, MonitorConfig.SCORES_TOPIC, MonitorConfig.ALERTS_TOPIC,
            MonitorConfig.RATES_TOPIC, MonitorConfig.RATE_ALERTS_TOPIC, MonitorConfig.THRESHOLDS_TOPIC,
            MonitorConfig.DEAD_LETTERS_TOPIC);

    private final KafkaUnderTest kafka;
    private final EmbeddedRegistry registry;
    private final MonitorConfig config;
    private final RegistryClient client;
    private Monitor monitor;

    /** Makes registry and topics; the monitor is not started yet. */
    public RunningMonitor(KafkaUnderTest kafka, Path folder, Path bundle, Map<String, String> settings)
            throws Exception {
        this.kafka = kafka;
        this.registry = EmbeddedRegistry.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty());
        String name = KafkaUnderTest.uniqueName("monitor");
        Map<String, String> all = new HashMap<>(Map.of(
                MonitorConfig.BUNDLE, bundle.toString(),
                StreamsConfig.APPLICATION_ID_CONFIG, name,
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
                StreamsConfig.STATE_DIR_CONFIG, folder.resolve("state").toString(),
                "schema.registry.url", registry.url().toString()));
        TOPIC_SETTINGS.forEach(setting -> all.put(setting, name + "-" + setting));
        all.putAll(settings);
        this.config = new MonitorConfig(all);
        this.client = new RegistryClient(config.registry());
        kafka.newTopics(Topics.specs(config, 4, (short) 1).toArray(TopicSpec[]::new));
    }

    public void start() throws InterruptedException {
        start(bundle -> MonitorListener.NONE);
    }

    /** @param listening to the monitor of a bundle */
    public void start(Function<Bundle, MonitorListener> listening) throws InterruptedException {
        monitor = Monitor.start(config, listening);
        if (!monitor.awaitRunning(PATIENCE)) {
            throw new IllegalStateException("The monitor is not running after " + PATIENCE,
                    monitor.failure().orElse(null));
        }
    }

    public void stop() {
        monitor.close();
        monitor = null;
    }

    public Monitor monitor() {
        return monitor;
    }

    public MonitorConfig config() {
        return config;
    }

    public TopicNames topics() {
        return config.topics();
    }

    public String registryUrl() {
        return registry.url().toString();
    }

    public KafkaProducer<byte[], ImageEvent> producer() {
        return new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG, 5,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 20 << 20),
                new ByteArraySerializer(), new AvroSerializer<>(client, ImageEvent.class));
    }

    /** What was committed to a topic. */
    public <T extends SpecificRecord> CommittedRecords<byte[], T> committed(String topic, Class<T> type) {
        return CommittedRecords.of(kafka.bootstrapServers(), new ByteArrayDeserializer(),
                new AvroDeserializer<>(client, type), topic);
    }

    /** The bytes of what was committed to a topic. */
    public CommittedRecords<byte[], byte[]> committed(String topic) {
        return CommittedRecords.bytes(kafka.bootstrapServers(), topic);
    }

    @Override
    public void close() {
        if (monitor != null) {
            monitor.close();
        }
        registry.close();
    }
}
