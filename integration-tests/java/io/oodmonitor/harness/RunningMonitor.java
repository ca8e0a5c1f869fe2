package io.oodmonitor.harness;

import io.oodmonitor.embedded.EmbeddedBroker;
import io.oodmonitor.embedded.EmbeddedRegistry;
import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.AvroSerializer;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.topics.TopicSetup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** A broker, a registry, the monitor's topics, and a monitor that can be stopped and started again. */
public final class RunningMonitor implements AutoCloseable {

    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final MonitorConfig config;
    private final RegistryClient client;
    private Monitor monitor;

    private RunningMonitor(Path folder, Path bundle, Map<String, String> settings) throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        registry = EmbeddedRegistry.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty());
        Map<String, String> all = new HashMap<>(Map.of(
                MonitorConfig.BUNDLE, bundle.toString(),
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
                StreamsConfig.STATE_DIR_CONFIG, folder.resolve("state").toString(),
                "schema.registry.url", registry.url().toString()));
        all.putAll(settings);
        config = new MonitorConfig(all);
        client = new RegistryClient(config.registry());
        try (Admin admin = Admin.create(config.kafka())) {
            new TopicSetup(admin, broker.bootstrapServers(), Duration.ofSeconds(30))
                    .ensure(Topics.specs(config, 4, (short) 1));
        }
    }

    /** Starts everything, the monitor included. */
    public static RunningMonitor start(Path folder, Path bundle, Map<String, String> settings) throws Exception {
        RunningMonitor running = new RunningMonitor(folder, bundle, settings);
        running.startMonitor();
        return running;
    }

    public void startMonitor() throws InterruptedException {
        monitor = Monitor.start(config);
        if (!monitor.awaitRunning(Duration.ofSeconds(60))) {
            throw new IllegalStateException("The monitor is not running after 60 s", monitor.failure().orElse(null));
        }
    }

    public void stopMonitor() {
        monitor.close();
        monitor = null;
    }

    public Monitor monitor() {
        return monitor;
    }

    public MonitorConfig config() {
        return config;
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public KafkaProducer<byte[], ImageEvent> producer() {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.keySet().retainAll(Set.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG));
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 20 << 20);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new AvroSerializer<>(client, ImageEvent.class));
    }

    /** Reads what was committed to a topic, from its beginning. */
    public <T extends SpecificRecord> CommittedReader<T> reader(String topic, Class<T> type) {
        return new CommittedReader<>(bootstrapServers(), topic, new AvroDeserializer<>(client, type));
    }

    @Override
    public void close() {
        if (monitor != null) {
            monitor.close();
        }
        registry.close();
        broker.close();
    }
}
