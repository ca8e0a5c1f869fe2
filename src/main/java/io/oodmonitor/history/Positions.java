package io.oodmonitor.history;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** Where to go on reading, over all consumers that come and go. Not thread-safe. */
final class Positions {

    private final Map<TopicPartition, Long> next = new HashMap<>();

    OptionalLong of(TopicPartition partition) {
        Long offset = next.get(partition);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    void set(TopicPartition partition, long offset) {
        next.put(partition, offset);
    }
}
