package io.oodmonitor.cli.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Printable;
import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.MalformedRecordException;
import io.oodmonitor.event.RegistryClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Shows records of one schema. Not thread-safe. */
final class AvroView<T extends SpecificRecord> implements View {

    private final Deserializer<T> deserializer;
    private final List<Column> columns;
    private final Function<T, Optional<String>> source;
    private final Function<T, List<String>> cells;

    /**
     * @param source whose images a record is about
     * @param cells  a record's line
     */
    AvroView(RegistryClient registry, Class<T> type, List<Column> columns, Function<T, Optional<String>> source,
             Function<T, List<String>> cells) {
        this.deserializer = new AvroDeserializer<>(registry, type);
        this.columns = columns;
        this.source = source;
        this.cells = cells;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public Optional<Entry> show(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            T value = deserializer.deserialize(record.topic(), record.value());
            return Optional.of(new Entry(source.apply(value), cells.apply(value), RecordJson.of(value)));
        } catch (MalformedRecordException e) {
            return Optional.of(unreadable(record, e));
        }
    }

    private Entry unreadable(ConsumerRecord<byte[], byte[]> record, MalformedRecordException failure) {
        String where = record.topic() + "-" + record.partition() + "@" + record.offset();
        List<String> line = new ArrayList<>(Collections.nCopies(columns.size(), ""));
        line.set(0, Clock.time(record.timestamp()));
        line.set(line.size() - 1, "cannot be read: " + where + ": "
                + Printable.of(String.valueOf(failure.getMessage())));
        ObjectNode json = RecordJson.MAPPER.createObjectNode().put("unreadable", where)
                .put("message", failure.getMessage());
        return new Entry(Optional.empty(), line, json);
    }
}
