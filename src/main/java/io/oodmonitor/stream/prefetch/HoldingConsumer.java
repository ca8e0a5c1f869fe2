package io.oodmonitor.stream.prefetch;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Hands a record on once its image has an outcome, so that whoever processes it does not wait for that: a stream thread
 * that waits polls nothing, so that what comes meanwhile reaches the engine late, and commits nothing. Where the engine
 * has no room for a partition's records, no more of them are polled meanwhile; where an image hangs, its partition's
 * records are handed on at once. Of a partition that its user paused nothing is handed on. Not thread-safe.
 */
public final class HoldingConsumer extends ForwardingConsumer {

    /** How often it looks for outcomes while nothing is polled: each look is a poll. */
    private static final Duration LOOK = Duration.ofMillis(1);
    /** The same under full load, where a verdict waits for hundreds of others anyway, and the cores have other work. */
    private static final Duration RARE_LOOK = Duration.ofMillis(10);

    private final Prefetch prefetch;
    private final HeldRecords held = new HeldRecords();
    /** Partitions that this consumer paused, not whoever uses it. */
    private final Set<TopicPartition> full = new HashSet<>();

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
        Set<TopicPartition> paused = paused();
        while (true) {
            holdBack();
            Duration look = full.isEmpty() ? LOOK : RARE_LOOK;
            boolean looks = holdsMoreThan(paused) && look.compareTo(left) < 0;
            held.add(super.poll(looks ? look : left));
            // Kafka Streams pauses partitions while it is told of a rebalance, which happens in there.
            paused = paused();
            ConsumerRecords<byte[], byte[]> settled = held.take(prefetch::settledBefore, paused);
            left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (!settled.nextOffsets().isEmpty() || !holdsMoreThan(paused) || left.isZero()) {
                return settled;
            }
        }
    }

    private boolean holdsMoreThan(Set<TopicPartition> paused) {
        return !paused.containsAll(held.partitions());
    }

    /** What a partition holds stays bounded by what it brings at once. */
    private void holdBack() {
        List<TopicPartition> hasRoom = full.stream().filter(partition -> !prefetch.waits(partition)).toList();
        if (!hasRoom.isEmpty()) {
            hasRoom.forEach(full::remove);
            super.resume(hasRoom);
        }
        List<TopicPartition> waiting = held.partitions().stream()
                .filter(partition -> !full.contains(partition) && prefetch.waits(partition)).toList();
        if (!waiting.isEmpty()) {
            Set<TopicPartition> paused = super.paused();
            List<TopicPartition> open = waiting.stream().filter(partition -> !paused.contains(partition)).toList();
            full.addAll(open);
            super.pause(open);
        }
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        full.removeAll(partitions);
        super.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        full.removeAll(partitions);
        super.resume(partitions);
    }

    @Override
    public Set<TopicPartition> paused() {
        Set<TopicPartition> paused = new HashSet<>(super.paused());
        paused.removeAll(full);
        return paused;
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
                forget(partitions);
                listener.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                forget(partitions);
                listener.onPartitionsLost(partitions);
            }
        });
    }

    private void forget(Collection<TopicPartition> partitions) {
        held.drop(partitions);
        full.removeAll(partitions);
    }
}
