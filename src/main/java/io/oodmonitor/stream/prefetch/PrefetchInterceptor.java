package io.oodmonitor.stream.prefetch;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Shows every polled record to the {@link Prefetch} that the consumer's configuration carries, and changes none.
 * Kafka creates it by name, one per stream thread.
 */
public final class PrefetchInterceptor implements ConsumerInterceptor<byte[], byte[]> {

    /** The configuration entry, an object, that says whose prefetch this is. */
    public static final String PREFETCH_CONFIG = "ood.prefetch";

    private Prefetch prefetch;

    @Override
    public void configure(Map<String, ?> configs) {
        prefetch = (Prefetch) configs.get(PREFETCH_CONFIG);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        prefetch.offer(records);
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Commits change nothing here.
    }

    @Override
    public void close() {
        // The prefetch outlives the consumer.
    }
}
