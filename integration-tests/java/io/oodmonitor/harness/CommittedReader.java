package io.oodmonitor.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** A read_committed consumer of a whole topic, from its beginning, that remembers what it read. Not thread-safe. */
public final class CommittedReader<T> implements AutoCloseable {

    private final KafkaConsumer<byte[], T> consumer;
    private final List<ConsumerRecord<byte[], T>> records = new ArrayList<>();

    public CommittedReader(String bootstrapServers, String topic, Deserializer<T> deserializer) {
        consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                new ByteArrayDeserializer(), deserializer);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads until what was read so far is enough, or the time is over; returns all of it. */
    public List<ConsumerRecord<byte[], T>> readUntil(Predicate<List<ConsumerRecord<byte[], T>>> enough, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!enough.test(records) && System.nanoTime() < deadline) {
            consumer.poll(Duration.ofMillis(50)).forEach(records::add);
        }
        return records;
    }

    /** Reads until there are so many records, and a little longer, lest there be more. */
    public List<ConsumerRecord<byte[], T>> readCount(int count, Duration atMost) {
        readUntil(read -> read.size() >= count, atMost);
        return readUntil(read -> false, Duration.ofMillis(500));
    }

    public List<T> values() {
        return records.stream().map(ConsumerRecord::value).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
