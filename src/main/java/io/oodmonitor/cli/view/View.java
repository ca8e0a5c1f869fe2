package io.oodmonitor.cli.view;

import io.oodmonitor.cli.text.Column;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How the records of one topic are shown. */
public interface View {

    List<Column> columns();

    /** The record ready to be shown; empty if there is nothing in it. A line says it where one cannot be read. */
    Optional<Entry> show(ConsumerRecord<byte[], byte[]> record);
}
