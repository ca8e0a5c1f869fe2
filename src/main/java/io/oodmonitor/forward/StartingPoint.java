package io.oodmonitor.forward;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a group begins in a partition that it has no offset of. It is committed at once, so that a group that is
 * started again goes on from there, whatever came meanwhile; and a partition that is added later begins at its first
 * record.
 *
 * @param since records from this time on; the epoch for all there are
 */
public record StartingPoint(Instant since) {

    void seek(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> known = consumer.committed(Set.copyOf(partitions));
        Map<TopicPartition, Long> fresh = partitions.stream().filter(partition -> known.get(partition) == null)
                .collect(Collectors.toMap(partition -> partition, partition -> since.toEpochMilli()));
        if (fresh.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(fresh);
        Map<TopicPartition, Long> ends = consumer.endOffsets(fresh.keySet());
        Map<TopicPartition, OffsetAndMetadata> begin = new HashMap<>();
        fresh.keySet().forEach(partition -> {
            OffsetAndTimestamp first = found.get(partition);
            long offset = first == null ? ends.get(partition) : first.offset();
            consumer.seek(partition, offset);
            begin.put(partition, new OffsetAndMetadata(offset));
        });
        consumer.commitSync(begin);
    }
}
