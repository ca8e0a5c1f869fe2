package io.oodmonitor.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;

/** How far the stream's consumers are behind, as their own metrics have it: nobody is asked for it. */
final class ConsumerLag {

    private static final String GROUP = "consumer-fetch-manager-metrics";
    private static final String NAME = "records-lag";

    private ConsumerLag() {}

    /**
     * Records that are on the broker and not read yet, as it said with its last answer; a partition of which it has
     * said nothing yet is not among them.
     */
    static Map<TopicPartition, Long> unread(Map<MetricName, ? extends Metric> metrics, Set<String> topics) {
        Map<TopicPartition, Long> unread = new HashMap<>();
        metrics.forEach((name, metric) -> {
            if (name.name().equals(NAME) && name.group().equals(GROUP) && topics.contains(name.tags().get("topic"))
                    && metric.metricValue() instanceof Double records && Double.isFinite(records)) {
                unread.put(new TopicPartition(name.tags().get("topic"),
                        Integer.parseInt(name.tags().get("partition"))), records.longValue());
            }
        });
        return unread;
    }
}
