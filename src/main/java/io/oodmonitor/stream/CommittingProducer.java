package io.oodmonitor.stream;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Commits all tasks of a stream thread with one wait, and tells how long that took.
 *
 * <p>Before Kafka Streams ends a transaction it flushes, once for each task, and each time waits until what that task's
 * stores sent last is replicated: with a dozen partitions a dozen waits, one after the other. In a transaction none of
 * them decides anything, as its end waits for all that was sent in it; so only that one is left.
 */
final class CommittingProducer extends KafkaProducer<byte[], byte[]> {

    /** Told on the thread that committed. */
    interface Listener {

        /** @param tookMillis from the beginning of the commit until now */
        void committed(long nowMillis, long tookMillis);
    }

    private static final long NONE = -1;

    private final Listener listener;
    private final boolean transactional;
    private long beganMillis = NONE;

    CommittingProducer(Map<String, Object> config, Listener listener) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.listener = listener;
        this.transactional = config.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG) != null;
    }

    @Override
    public void flush() {
        if (!transactional) {
            super.flush();
        } else if (beganMillis == NONE) {
            beganMillis = System.currentTimeMillis();
        }
    }

    @Override
    public void commitTransaction() {
        super.commitTransaction();
        long now = System.currentTimeMillis();
        listener.committed(now, beganMillis == NONE ? 0 : now - beganMillis);
        beganMillis = NONE;
    }

    @Override
    public void abortTransaction() {
        beganMillis = NONE;
        super.abortTransaction();
    }
}
