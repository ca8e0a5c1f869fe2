package io.oodmonitor.forward;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every record of a topic to the receiver, at least once: an offset is committed when the receiver has what lies
 * before it. Partitions are delivered side by side, each in its order; while one waits for the receiver the consumer
 * goes on polling and stays in its group. Only {@link #stop} may be called from another thread.
 */
public final class Forwarder {

    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final StartingPoint start;
    private final Courier courier;
    private final Map<TopicPartition, PartitionRun> runs = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean stopping;

    /**
     * @param consumer of committed records, in a group, that commits nothing by itself; the caller closes it
     * @param start    where partitions begin that the group has not read yet
     */
    public Forwarder(Consumer<byte[], byte[]> consumer, String topic, StartingPoint start, Courier courier) {
        this.consumer = consumer;
        this.topic = topic;
        this.start = start;
        this.courier = courier;
    }

    /**
     * Forwards until it is stopped.
     *
     * @throws ForwardingException if the receiver takes none of ours
     */
    public void run() {
        try {
            consumer.subscribe(List.of(topic), new Ownership());
            while (!stopping) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                for (TopicPartition partition : polled.partitions()) {
                    consumer.pause(List.of(partition));
                    PartitionRun run = new PartitionRun(polled.records(partition),
                            polled.nextOffsets().get(partition), courier);
                    runs.put(partition, run);
                    threads.execute(run);
                }
                commit(runs);
                resume();
            }
        } catch (WakeupException e) {
            LOG.debug("Woken up to stop");
        } finally {
            end(runs);
            threads.shutdownNow();
        }
    }

    /** Lets {@link #run} end: what is under way is finished, and what was delivered is committed. */
    public void stop() {
        stopping = true;
        consumer.wakeup();
    }

    /** Partitions whose records are settled may be read on. */
    private void resume() {
        for (Iterator<Map.Entry<TopicPartition, PartitionRun>> all = runs.entrySet().iterator(); all.hasNext();) {
            Map.Entry<TopicPartition, PartitionRun> one = all.next();
            PartitionRun run = one.getValue();
            if (run.failure() != null) {
                throw run.failure();
            }
            OffsetAndMetadata done = committed.get(one.getKey());
            if (run.hasEnded() && done != null && done.equals(run.settled())) {
                all.remove();
                consumer.resume(List.of(one.getKey()));
            }
        }
    }

    private void commit(Map<TopicPartition, PartitionRun> of) {
        Map<TopicPartition, OffsetAndMetadata> progress = new HashMap<>();
        of.forEach((partition, run) -> {
            OffsetAndMetadata settled = run.settled();
            if (settled != null && !settled.equals(committed.get(partition))) {
                progress.put(partition, settled);
            }
        });
        if (progress.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(progress);
            committed.putAll(progress);
        } catch (RebalanceInProgressException | CommitFailedException e) {
            // Whoever gets the partitions delivers again what could not be committed: at least once.
            LOG.debug("Not committed: the group is being rebalanced", e);
        } catch (RetriableException e) {
            LOG.warn("Delivered alerts are not committed yet: {}", e.getMessage());
        }
    }

    /** Lets these finish what is under way, and commits what they did. */
    private void end(Map<TopicPartition, PartitionRun> of) {
        of.values().forEach(PartitionRun::cancel);
        try {
            for (PartitionRun run : of.values()) {
                if (!run.awaitEnd(courier.patience().plus(GRACE))) {
                    LOG.warn("A delivery is still under way: its alert may come twice");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
        try {
            commit(of);
        } catch (WakeupException e) {
            // The wish to stop came while nothing was waited for.
            commit(of);
        }
    }

    /** INVARIANT: a partition's next owner begins when nothing of it is under way here. */
    private final class Ownership implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            start.seek(consumer, partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            Map<TopicPartition, PartitionRun> given = taken(partitions);
            end(given);
            committed.keySet().removeAll(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            taken(partitions).values().forEach(PartitionRun::cancel);
            committed.keySet().removeAll(partitions);
        }

        private Map<TopicPartition, PartitionRun> taken(Collection<TopicPartition> partitions) {
            Map<TopicPartition, PartitionRun> taken = new HashMap<>();
            for (TopicPartition partition : partitions) {
                PartitionRun run = runs.remove(partition);
                if (run != null) {
                    taken.put(partition, run);
                }
            }
            return taken;
        }
    }
}
