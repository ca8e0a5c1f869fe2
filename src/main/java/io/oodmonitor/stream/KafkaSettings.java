package io.oodmonitor.stream;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.streams.StreamsConfig;

/** Which names are settings of Kafka's clients or of Kafka Streams, and what is checked of their values. */
final class KafkaSettings {

    /** Kafka Streams hands settings with these prefixes to that client alone, or to the topics that it creates. */
    private static final List<String> PREFIXES = List.of(StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.MAIN_CONSUMER_PREFIX, StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX, StreamsConfig.PRODUCER_PREFIX, StreamsConfig.ADMIN_CLIENT_PREFIX);
    private static final Set<String> NAMES = names();

    private KafkaSettings() {}

    private static Set<String> names() {
        Set<String> names = new HashSet<>(StreamsConfig.configDef().names());
        names.addAll(ConsumerConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return Set.copyOf(names);
    }

    /** @throws ConfigException if no part of Kafka that the monitor uses knows the name */
    static void requireKnown(String name) {
        // Settings of topics are the broker's to check.
        if (NAMES.contains(name) || name.startsWith(StreamsConfig.TOPIC_PREFIX)) {
            return;
        }
        for (String prefix : PREFIXES) {
            if (name.startsWith(prefix) && NAMES.contains(name.substring(prefix.length()))) {
                return;
            }
        }
        throw new ConfigException("Unknown setting " + name + ": neither the monitor nor Kafka knows it");
    }

    /**
     * Looks at a login before Kafka does, whose words on a bad one hold parts of it.
     *
     * @throws ConfigException if it is none, without a word of it
     */
    static void requireWellFormed(String name, Object value) {
        if (!name.endsWith(SaslConfigs.SASL_JAAS_CONFIG)) {
            return;
        }
        try {
            JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG,
                    ConfigDef.parseType(name, value, ConfigDef.Type.PASSWORD)));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name + " must be LOGIN-MODULE required NAME=\"VALUE\" ...; with every value in"
                    + " quotes and a semicolon at the end, but is not");
        }
    }
}
