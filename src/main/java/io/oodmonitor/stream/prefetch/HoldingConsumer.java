package io.oodmonitor.stream.prefetch;

import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Hands a record on once its image has an outcome, so that whoever processes it does not wait for that: a stream thread
 * that waits polls nothing, and what comes meanwhile reaches the engine late. Where the engine has no room for more, or
 * an image takes longer than a second, its partition's records are handed on at once. Not thread-safe.
 */
public final class HoldingConsumer extends ForwardingConsumer {

    /** How often it looks for outcomes while nothing is polled. */
    private static final Duration LOOK = Duration.ofMillis(1);

    private final Prefetch prefetch;
    private final HeldRecords held = new HeldRecords();

    /**
     * @param delegate which reads, with {@link PrefetchInterceptor} among its interceptors
     * @param prefetch that the interceptor offers records to
     */
    public HoldingConsumer(Consumer<byte[], byte[]> delegate, Prefetch prefetch) {
        super(delegate);
        this.prefetch = prefetch;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Duration left = timeout;
        while (true) {
            held.add(super.poll(held.isEmpty() || left.compareTo(LOOK) < 0 ? left : LOOK));
            ConsumerRecords<byte[], byte[]> settled = held.take(prefetch::settledBefore);
            left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (!settled.nextOffsets().isEmpty() || held.isEmpty() || left.isZero()) {
                return settled;
            }
        }
    }

    /** Where whoever processes records reads on. */
    @Override
    public long position(TopicPartition partition) {
        OptionalLong first = held.first(partition);
        return first.isPresent() ? first.getAsLong() : super.position(partition);
    }

    @Override
    public long position(TopicPartition partition, Duration timeout) {
        OptionalLong first = held.first(partition);
        return first.isPresent() ? first.getAsLong() : super.position(partition, timeout);
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        held.drop(Set.of(partition));
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        held.drop(Set.of(partition));
        super.seek(partition, offset);
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        held.drop(partitions);
        super.seekToBeginning(partitions);
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        held.drop(partitions);
        super.seekToEnd(partitions);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new ConsumerRebalanceListener() {

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                listener.onPartitionsAssigned(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                held.drop(partitions);
                listener.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                held.drop(partitions);
                listener.onPartitionsLost(partitions);
            }
        });
    }
}
