package io.oodmonitor.cli;

import io.oodmonitor.event.AvroSerializer;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.stream.ClientSettings;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.topics.TopicSetup;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka's clients for the commands, with Kafka's own settings as {@link ClientSettings} has them. Immutable; the caller
 * closes what it makes.
 */
public final class Clients {

    /** How long a command waits for a broker to answer at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How long it waits until topics were made and have leaders. */
    private static final Duration TOPICS_PATIENCE = Duration.ofSeconds(30);
    private static final int LARGEST_REQUEST = 64 << 20;

    private final Map<String, Object> kafka;

    /** @param config with bootstrap.servers */
    public Clients(MonitorConfig config) {
        this.kafka = config.kafka();
    }

    String bootstrapServers() {
        return String.valueOf(kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /**
     * An admin client of a cluster that answers.
     *
     * @throws CommandFailure if no broker answers within ten seconds, naming where it was looked for
     */
    public Admin admin() throws InterruptedException {
        Map<String, Object> settings = settings(AdminClientConfig.configNames(), StreamsConfig.ADMIN_CLIENT_PREFIX);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "ood-monitor-admin");
        Admin admin = reachable(() -> Admin.create(settings));
        try {
            admin.describeCluster(new DescribeClusterOptions()
                    .timeoutMs((int) PATIENCE.toMillis())).nodes().get();
            return admin;
        } catch (ExecutionException e) {
            admin.close(Duration.ZERO);
            if (e.getCause() instanceof TimeoutException) {
                throw new CommandFailure("No broker answers at bootstrap.servers = " + bootstrapServers() + " within "
                        + PATIENCE.toSeconds() + " s", e);
            }
            throw new KafkaException(Failures.sentence(e), e);
        }
    }

    /** Looks for topics, and makes them. */
    TopicSetup topics(Admin admin) {
        return new TopicSetup(admin, bootstrapServers(), TOPICS_PATIENCE);
    }

    /**
     * The partitions of a topic that is there.
     *
     * @throws CommandFailure if it is not, or no broker answers
     */
    public List<TopicPartition> partitions(String topic) throws InterruptedException {
        try (Admin admin = admin()) {
            TopicDescription description = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            return description.partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition())).toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new CommandFailure("There is no topic " + topic + " at bootstrap.servers = " + bootstrapServers()
                        + ": 'ood-monitor topics --create' makes those that are missing", e);
            }
            throw new KafkaException(Failures.sentence(e), e);
        }
    }

    /** An idempotent producer of image events; whoever reads them sees each once and, per partition, in order. */
    public Producer<String, ImageEvent> imageProducer(RegistryClient registry) {
        return producer(new StringSerializer(), new AvroSerializer<>(registry, ImageEvent.class));
    }

    /** The same for events that are bytes already. */
    public Producer<byte[], byte[]> bytesProducer() {
        return producer(new ByteArraySerializer(), new ByteArraySerializer());
    }

    private <K, V> Producer<K, V> producer(Serializer<K> keys, Serializer<V> values) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.putAll(settings(ProducerConfig.configNames(), StreamsConfig.PRODUCER_PREFIX));
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "ood-monitor-send");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return reachable(() -> new KafkaProducer<>(settings, keys, values));
    }

    /** A consumer in no group, which sees what was committed only. */
    public Consumer<byte[], byte[]> consumer() {
        return consumer(Map.of(ConsumerConfig.CLIENT_ID_CONFIG, "ood-monitor-watch"));
    }

    /** The same in a group. */
    Consumer<byte[], byte[]> consumer(String group) {
        return consumer(Map.of(ConsumerConfig.CLIENT_ID_CONFIG, "ood-monitor-forward",
                ConsumerConfig.GROUP_ID_CONFIG, group));
    }

    private Consumer<byte[], byte[]> consumer(Map<String, Object> own) {
        Map<String, Object> settings = ClientSettings.consumer(kafka);
        settings.putAll(own);
        return reachable(() -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    private Map<String, Object> settings(Set<String> names, String prefix) {
        return ClientSettings.of(kafka, names, prefix);
    }

    private <T> T reachable(Supplier<T> client) {
        try {
            return client.get();
        } catch (KafkaException e) {
            // "Failed to create new KafkaAdminClient" says nothing; why it failed is below.
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw cause instanceof ConfigException && String.valueOf(cause.getMessage()).contains("bootstrap")
                    ? new CommandFailure("bootstrap.servers = " + bootstrapServers() + " cannot be used: "
                            + cause.getMessage(), e)
                    : new CommandFailure("The settings do not make a Kafka client: " + Failures.sentence(cause), e);
        }
    }
}
