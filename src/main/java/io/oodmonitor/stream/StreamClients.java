package io.oodmonitor.stream;

import io.oodmonitor.stream.prefetch.HoldingConsumer;
import io.oodmonitor.stream.prefetch.Prefetch;
import io.oodmonitor.stream.processor.CommitPace;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka's own clients, but that the consumers of images hold records until their images are scored and leave their
 * group if their thread dies, and the producers wait once for a commit and tell how long it took.
 */
final class StreamClients implements KafkaClientSupplier {

    private final Prefetch prefetch;
    private final CommitPace pace;
    private final ThreadFailures failures;

    StreamClients(Prefetch prefetch, CommitPace pace, ThreadFailures failures) {
        this.prefetch = prefetch;
        this.pace = pace;
        this.failures = failures;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new CommittingProducer(config, pace::committed);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new HoldingConsumer(new LeavingConsumer(config, failures::hasDied), prefetch);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
