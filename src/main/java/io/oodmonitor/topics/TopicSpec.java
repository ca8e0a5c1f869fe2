package io.oodmonitor.topics;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as it should be.
 *
 * @param name        legal as Kafka sees it
 * @param partitions  at least 1
 * @param replication replicas of each partition; {@link #BROKER_DEFAULT} leaves it to the broker
 * @param configs     topic settings by Kafka's names; what is not named is left to the broker
 */
public record TopicSpec(String name, int partitions, short replication, Map<String, String> configs) {

    /** The broker's default.replication.factor. */
    public static final short BROKER_DEFAULT = -1;

    public TopicSpec {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("topic name must not be blank");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "partitions of topic " + name + " must be at least 1, but are " + partitions);
        }
        if (replication < 1 && replication != BROKER_DEFAULT) {
            throw new IllegalArgumentException("replication factor of topic " + name + " must be at least 1, or "
                    + BROKER_DEFAULT + " for the broker's default, but is " + replication);
        }
        configs = Map.copyOf(configs);
    }

    /** A topic with the broker's replication and settings. */
    public static TopicSpec of(String name, int partitions) {
        return new TopicSpec(name, partitions, BROKER_DEFAULT, Map.of());
    }

    /** A topic that keeps the last record of every key. */
    public static TopicSpec compacted(String name, int partitions) {
        return new TopicSpec(name, partitions, BROKER_DEFAULT,
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }
}
