package io.oodmonitor.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka's own settings (TLS, SASL and all) as the monitor was given them, for clients beside the stream. A setting with
 * a client's prefix (producer.linger.ms) is that client's alone and goes before the plain one, as in Kafka Streams.
 */
public final class ClientSettings {

    /** The stream's own: groups and transactions of it are not for others. */
    private static final Set<String> STREAM_ONLY = Set.of(CommonClientConfigs.GROUP_ID_CONFIG,
            CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG, ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            CommonClientConfigs.CLIENT_ID_CONFIG, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG);

    private ClientSettings() {}

    /**
     * What of the given settings concerns a kind of client.
     *
     * @param kafka  as {@link MonitorConfig#kafka} has them
     * @param names  that kind's settings
     * @param prefix that kind's
     */
    public static Map<String, Object> of(Map<String, Object> kafka, Set<String> names, String prefix) {
        Map<String, Object> settings = new HashMap<>();
        kafka.forEach((name, value) -> {
            if (names.contains(name)) {
                settings.put(name, value);
            }
        });
        kafka.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                settings.put(name.substring(prefix.length()), value);
            }
        });
        settings.keySet().removeAll(STREAM_ONLY);
        return settings;
    }

    /** For a consumer in no group, of what was committed only, from the beginning where nobody says from where. */
    public static Map<String, Object> consumer(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
        settings.putAll(of(kafka, ConsumerConfig.configNames(), StreamsConfig.CONSUMER_PREFIX));
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }
}
