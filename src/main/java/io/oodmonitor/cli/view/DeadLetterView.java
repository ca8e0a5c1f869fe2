package io.oodmonitor.cli.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Printable;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.stream.processor.DeadLetterProcessor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Dead letters: why, where from and how large; their values are whatever could not be read. */
final class DeadLetterView implements View {

    private final Style style;

    DeadLetterView(Style style) {
        this.style = style;
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.text("TIME", 8), Column.text("REASON", 16), Column.text("ORIGIN", 14),
                Column.text("KEY", 16), Column.number("SIZE", 7), Column.text("MESSAGE", 7));
    }

    @Override
    public Optional<Entry> show(ConsumerRecord<byte[], byte[]> record) {
        String reason = header(record, DeadLetterProcessor.REASON_HEADER);
        String message = header(record, DeadLetterProcessor.MESSAGE_HEADER);
        String topic = header(record, DeadLetterProcessor.TOPIC_HEADER);
        String partition = header(record, DeadLetterProcessor.PARTITION_HEADER);
        String offset = header(record, DeadLetterProcessor.OFFSET_HEADER);
        Optional<String> key = text(record.key());
        int size = record.value() == null ? 0 : record.value().length;
        ObjectNode json = RecordJson.MAPPER.createObjectNode()
                .put("time", Instant.ofEpochMilli(record.timestamp()).toString())
                .put("reason", reason).put("message", message).put("topic", topic);
        number(json, "partition", partition);
        number(json, "offset", offset);
        json.put("key", key.orElse(null));
        if (key.isEmpty() && record.key() != null) {
            json.put("key_base64", record.key());
        }
        json.put("value_bytes", record.value() == null ? null : size);
        List<String> cells = List.of(Clock.time(record.timestamp()), style.yellow(Printable.of(reason)),
                Printable.of(topic + "-" + partition + "@" + offset), key.map(Printable::of).orElse("-"),
                record.value() == null ? "null" : Numbers.bytes(size), Printable.of(message));
        return Optional.of(new Entry(Optional.empty(), cells, json));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "?" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void number(ObjectNode json, String name, String value) {
        try {
            json.put(name, Long.parseLong(value));
        } catch (NumberFormatException e) {
            json.put(name, value);
        }
    }

    private static Optional<String> text(byte[] key) {
        try {
            return key == null ? Optional.empty()
                    : Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
