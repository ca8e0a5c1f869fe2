package io.oodmonitor.stream;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Leaves its group when a thread that died closes it. Kafka Streams would have it remain, a static member or not: its
 * partitions were nobody's then until its session times out, 45 seconds by default, though a new thread is there at once.
 */
final class LeavingConsumer extends KafkaConsumer<byte[], byte[]> {

    private final BooleanSupplier died;

    /** @param died whether the thread that asks has died */
    LeavingConsumer(Map<String, Object> config, BooleanSupplier died) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.died = died;
    }

    @Override
    public void close(CloseOptions options) {
        super.close(died.getAsBoolean()
                ? options.withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP) : options);
    }
}
