package io.oodmonitor.stream.prefetch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that were polled and are not handed on yet. Not thread-safe.
 *
 * <p>INVARIANT: the records of a partition are handed on in the order of their offsets, and none that was polled before
 * the consumer went back.
 */
final class HeldRecords {

    private final Map<TopicPartition, Queue> queues = new HashMap<>();

    /** A partition's records, and where the consumer reads on after them. */
    private static final class Queue {
        private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
        private OffsetAndMetadata next;
    }

    void add(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            Deque<ConsumerRecord<byte[], byte[]>> held = queue(partition).records;
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            if (!held.isEmpty() && records.get(0).offset() <= held.getLast().offset()) {
                held.clear();
            }
            held.addAll(records);
        }
        polled.nextOffsets().forEach((partition, next) -> queue(partition).next = next);
    }

    private Queue queue(TopicPartition partition) {
        return queues.computeIfAbsent(partition, p -> new Queue());
    }

    /** The offset of the first record that is held of a partition. */
    OptionalLong first(TopicPartition partition) {
        Queue queue = queues.get(partition);
        return queue == null || queue.records.isEmpty() ? OptionalLong.empty()
                : OptionalLong.of(queue.records.peek().offset());
    }

    Set<TopicPartition> partitions() {
        return queues.keySet();
    }

    void drop(Collection<TopicPartition> partitions) {
        queues.keySet().removeAll(partitions);
    }

    /**
     * Hands on of every partition the records before an offset; with them goes, as with every poll, where to read on.
     *
     * @param paused partitions of which nothing is handed on
     */
    ConsumerRecords<byte[], byte[]> take(ToLongFunction<TopicPartition> before, Set<TopicPartition> paused) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> taken = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        List<TopicPartition> open = queues.keySet().stream().filter(partition -> !paused.contains(partition)).toList();
        for (TopicPartition partition : open) {
            Queue queue = queues.get(partition);
            Deque<ConsumerRecord<byte[], byte[]>> held = queue.records;
            long end = before.applyAsLong(partition);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (!held.isEmpty() && held.peek().offset() < end) {
                records.add(held.remove());
            }
            if (!records.isEmpty()) {
                taken.put(partition, records);
                next.put(partition, queue.next);
            }
            if (held.isEmpty()) {
                next.put(partition, queue.next);
                queues.remove(partition);
            } else {
                next.replace(partition, new OffsetAndMetadata(held.peek().offset(), held.peek().leaderEpoch(), ""));
            }
        }
        return new ConsumerRecords<>(taken, next);
    }
}
