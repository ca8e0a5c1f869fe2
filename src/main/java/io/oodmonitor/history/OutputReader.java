package io.oodmonitor.history;

import io.oodmonitor.stream.ClientSettings;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One consumer, in no group, of what is committed to the output topics. Not thread-safe, but for {@link #wakeup}. */
final class OutputReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_PATIENCE = Duration.ofMillis(500);
    /** Partitions may be added to a topic. */
    private static final Duration LOOK_FOR_PARTITIONS = Duration.ofMinutes(1);
    private static final int PARTITION_BYTES = 1 << 20;
    private static final int REQUEST_BYTES = 4 << 20;
    /** Dead letters are as large as images: reading those of a day is not to take a network that images need. */
    private static final long DEAD_LETTER_BYTES_PER_SECOND = 8 << 20;
    /** Only the latest images are kept; every commit leaves a marker that takes an offset, too. */
    private static final long FLAGGED_OFFSETS = 2 * FlaggedImages.MOST;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicNames topics;
    private final Instant since;
    private final Positions positions;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private long lookedAt;
    private long second;
    private long deadLetterBytes;

    OutputReader(MonitorConfig config, Instant since, Positions positions) {
        this.topics = config.topics();
        this.since = since;
        this.positions = positions;
        Map<String, Object> settings = ClientSettings.consumer(config.kafka());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "ood-monitor-history");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, REQUEST_BYTES);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            look();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private List<String> outputs() {
        return List.of(topics.rates(), topics.rateAlerts(), topics.thresholds(), topics.alerts(),
                topics.deadLetters());
    }

    /** Takes up partitions that it has not yet. */
    private void look() {
        Set<TopicPartition> all = new HashSet<>();
        for (String topic : outputs()) {
            List<PartitionInfo> known = consumer.partitionsFor(topic);
            if (known == null || known.isEmpty()) {
                throw new KafkaException("there is no topic " + topic);
            }
            known.forEach(partition -> all.add(new TopicPartition(topic, partition.partition())));
        }
        lookedAt = System.nanoTime();
        List<TopicPartition> fresh = new ArrayList<>(all);
        fresh.removeAll(consumer.assignment());
        if (fresh.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> last = consumer.endOffsets(fresh);
        Map<TopicPartition, OffsetAndTimestamp> first = first(fresh);
        consumer.assign(all);
        for (TopicPartition partition : fresh) {
            long begin = partition.topic().equals(topics.thresholds()) ? 0
                    : first.get(partition) == null ? last.get(partition) : first.get(partition).offset();
            if (partition.topic().equals(topics.alerts())) {
                begin = Math.max(begin, last.get(partition) - FLAGGED_OFFSETS);
            }
            // An offset that is there no more leads to the first that is.
            consumer.seek(partition, positions.of(partition).orElse(begin));
            ends.put(partition, last.get(partition));
        }
    }

    private Map<TopicPartition, OffsetAndTimestamp> first(List<TopicPartition> partitions) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.stream().filter(partition -> !partition.topic().equals(topics.thresholds()))
                .forEach(partition -> times.put(partition, Math.max(0, since.toEpochMilli())));
        return consumer.offsetsForTimes(times);
    }

    /** Hands on what came, and takes note of it. */
    void poll(Consumer<ConsumerRecord<byte[], byte[]>> records) {
        if (System.nanoTime() - lookedAt > LOOK_FOR_PARTITIONS.toNanos()) {
            look();
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            records.accept(record);
            positions.set(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            deadLetterBytes += record.topic().equals(topics.deadLetters()) ? record.serializedValueSize() : 0;
        }
        pace();
    }

    private void pace() {
        if (deadLetterBytes > DEAD_LETTER_BYTES_PER_SECOND) {
            consumer.pause(consumer.assignment().stream()
                    .filter(partition -> partition.topic().equals(topics.deadLetters())).toList());
        }
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        if (now != second) {
            second = now;
            deadLetterBytes = 0;
            consumer.resume(consumer.paused());
        }
    }

    /** Whether it has read what there was when it began; dead letters, which may be many and large, may follow. */
    boolean isAtEnd() {
        return ends.entrySet().stream().filter(end -> !end.getKey().topic().equals(topics.deadLetters()))
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
    }
}
