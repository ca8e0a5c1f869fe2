package io.oodmonitor.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Every committed record of some topics, from their beginning on, read in the background until closed. Topics must
 * exist; partitions added later are not seen. Thread-safe; waiting is always bounded and ends in an AssertionError.
 */
public final class CommittedRecords<K, V> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int SHOWN_WHEN_LATE = 5;

    private final Map<String, Object> connection;
    private final Consumer<K, V> consumer;
    private final Thread reader;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final List<ConsumerRecord<K, V>> records = new ArrayList<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private RuntimeException failure;

    private CommittedRecords(
            Map<String, Object> connection, Deserializer<K> keys, Deserializer<V> values, List<String> topics) {
        this.connection = connection;
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        consumer = new KafkaConsumer<>(settings, keys, values);
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader = new Thread(this::read, "committed-records");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts reading. */
    public static <K, V> CommittedRecords<K, V> of(
            String bootstrapServers, Deserializer<K> keys, Deserializer<V> values, String... topics) {
        return of(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), keys, values, topics);
    }

    /** Starts reading, with whatever settings a client of that cluster needs. */
    public static <K, V> CommittedRecords<K, V> of(
            Map<String, Object> connection, Deserializer<K> keys, Deserializer<V> values, String... topics) {
        return new CommittedRecords<>(connection, keys, values, Arrays.asList(topics));
    }

    /** Starts reading keys and values as they are. */
    public static CommittedRecords<byte[], byte[]> bytes(String bootstrapServers, String... topics) {
        return of(bootstrapServers, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics);
    }

    private void read() {
        try (consumer) {
            while (true) {
                List<ConsumerRecord<K, V>> polled = new ArrayList<>();
                consumer.poll(POLL).forEach(polled::add);
                Map<TopicPartition, Long> reached = consumer.assignment().stream()
                        .collect(Collectors.toMap(partition -> partition, consumer::position));
                update(() -> {
                    records.addAll(polled);
                    positions.putAll(reached);
                });
            }
        } catch (WakeupException | InterruptException closed) {
            return;
        } catch (RuntimeException e) {
            update(() -> failure = e);
        }
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was read until now, in the order of each partition. */
    public List<ConsumerRecord<K, V>> soFar() {
        lock.lock();
        try {
            return List.copyOf(records);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for at least so many records. */
    public List<ConsumerRecord<K, V>> awaitCount(int count, Duration timeout) {
        return await("at least " + count + " records", read -> read.size() >= count, timeout);
    }

    /**
     * Waits until the records satisfy a condition.
     *
     * @param what the condition in words, for the error
     */
    public List<ConsumerRecord<K, V>> await(
            String what, Predicate<List<ConsumerRecord<K, V>>> condition, Duration timeout) {
        return awaitState(what, timeout, () -> condition.test(records));
    }

    /**
     * Waits until all is read that the brokers show as committed at this moment. A transaction that was just committed
     * may show a little later.
     */
    public List<ConsumerRecord<K, V>> awaitEnd(Duration timeout) {
        Map<TopicPartition, Long> ends = ends(timeout);
        return awaitState("the records up to " + ends, timeout, () -> ends.entrySet().stream()
                .allMatch(end -> positions.getOrDefault(end.getKey(), -1L) >= end.getValue()));
    }

    private List<ConsumerRecord<K, V>> awaitState(String what, Duration timeout, BooleanSupplier state) {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (!state.getAsBoolean()) {
                if (failure != null) {
                    throw new AssertionError("reading failed while waiting for " + what, failure);
                }
                if (left <= 0) {
                    throw new AssertionError("expected " + what + " within " + timeout + ", but there are "
                            + records.size() + ", the first " + records.stream().limit(SHOWN_WHEN_LATE).toList());
                }
                left = progress.awaitNanos(left);
            }
            return List.copyOf(records);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }

    private Map<TopicPartition, Long> ends(Duration timeout) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        await("a first look at the topics", read -> !positions.isEmpty(), timeout);
        lock.lock();
        try {
            positions.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        } finally {
            lock.unlock();
        }
        try (Admin admin = Admin.create(connection)) {
            Map<TopicPartition, ListOffsetsResultInfo> found =
                    admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                            .all().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            Map<TopicPartition, Long> ends = new HashMap<>();
            found.forEach((partition, info) -> ends.put(partition, info.offset()));
            return ends;
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("the ends of the topics cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while asking for the ends of the topics", e);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
