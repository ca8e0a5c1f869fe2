package io.oodmonitor.stream;

import io.oodmonitor.topics.TopicSpec;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** What the monitor's topics are to look like where they are created. */
public final class Topics {

    private Topics() {}

    /**
     * The monitor's topics.
     *
     * @param partitions  of each topic but the thresholds', which need one only
     * @param replication copies of each partition; -1 for the broker's default
     */
    public static List<TopicSpec> specs(MonitorConfig config, int partitions, short replication) {
        TopicNames names = config.topics();
        int event = config.eventLimits().maxBytes();
        Map<String, String> dead = maxBytes(EventConfig.deadLetterBytes(config));
        return names.all().stream().map(name -> {
            if (names.inputs().contains(name)) {
                return new TopicSpec(name, partitions, replication, maxBytes(event));
            } else if (name.equals(names.deadLetters())) {
                return new TopicSpec(name, partitions, replication, dead);
            } else if (name.equals(names.thresholds())) {
                return new TopicSpec(name, 1, replication,
                        Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
            }
            return new TopicSpec(name, partitions, replication, Map.of());
        }).toList();
    }

    private static Map<String, String> maxBytes(int bytes) {
        return Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
    }
}
