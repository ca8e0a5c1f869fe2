package io.oodmonitor.faults;

import io.oodmonitor.stream.processor.DeadLetterProcessor;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record of the load stands. */
record Origin(String topic, int partition, long offset) {

    /** As a dead letter's headers say. */
    static Origin of(ConsumerRecord<byte[], byte[]> deadLetter) {
        return new Origin(header(deadLetter, DeadLetterProcessor.TOPIC_HEADER),
                Integer.parseInt(header(deadLetter, DeadLetterProcessor.PARTITION_HEADER)),
                Long.parseLong(header(deadLetter, DeadLetterProcessor.OFFSET_HEADER)));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
