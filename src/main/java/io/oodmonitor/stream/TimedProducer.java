package io.oodmonitor.stream;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Tells how long each commit took whoever made it: Kafka Streams first flushes, once for each task, which waits until
 * everything is replicated, and then ends the transaction.
 */
final class TimedProducer extends KafkaProducer<byte[], byte[]> {

    /** Told on the thread that committed. */
    interface Listener {

        /** @param tookMillis from the beginning of the commit until now */
        void committed(long nowMillis, long tookMillis);
    }

    private static final long NONE = -1;

    private final Listener listener;
    private long beganMillis = NONE;

    TimedProducer(Map<String, Object> config, Listener listener) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.listener = listener;
    }

    @Override
    public void flush() {
        if (beganMillis == NONE) {
            beganMillis = System.currentTimeMillis();
        }
        super.flush();
    }

    @Override
    public void commitTransaction() {
        super.commitTransaction();
        long now = System.currentTimeMillis();
        listener.committed(now, beganMillis == NONE ? 0 : now - beganMillis);
        beganMillis = NONE;
    }
}
