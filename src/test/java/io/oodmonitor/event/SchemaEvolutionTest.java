package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.event.MalformedRecordException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Records written with other versions of a schema than the class's own. */
class SchemaEvolutionTest {

    private static final String ID = "{\"name\": \"id\", \"type\": \"string\"}";
    private static final String REQUIRED = """
        {"name": "source", "type": "string"}, {"name": "captured_at", "type": "long"},
        {"name": "encoding", "type": {"type": "enum", "name": "ImageEncoding", "symbols": ["ENCODED", "RGB8"]}},
        {"name": "image", "type": "bytes"}""";

    @Test
    void shouldFillInWhatAnOlderWriterDidNotKnow() throws IOException {
        ImageEvent event = read(imageSchema(ID, REQUIRED), r -> r.put("id", "x"));

        assertThat(event.getId()).isEqualTo("x");
        assertThat(event.getCapturedAt()).isEqualTo(Instant.ofEpochMilli(5));
        assertThat(event.getLabel()).isNull();
        assertThat(event.getHeight()).isNull();
        assertThat(event.getAttributes()).isEmpty();
    }

    @Test
    void shouldSkipWhatANewerWriterAdded() throws IOException {
        Schema newer = imageSchema("{\"name\": \"exposure\", \"type\": {\"type\": \"array\", \"items\": \"double\"}}",
            ID, REQUIRED, "{\"name\": \"lens\", \"type\": [\"null\", \"string\"]}");

        ImageEvent event = read(newer, r -> {
            r.put("id", "x");
            r.put("exposure", List.of(1.0, 2.0));
            r.put("lens", "wide");
        });

        assertThat(event.getId()).isEqualTo("x");
        assertThat(event.getSource()).isEqualTo("cam");
        assertThat(event.getImage()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }

    @Test
    void shouldPromoteNumbersAndBytes() throws IOException {
        String fields = REQUIRED.replace("\"captured_at\", \"type\": \"long\"", "\"captured_at\", \"type\": \"int\"");

        ImageEvent event = read(imageSchema("{\"name\": \"id\", \"type\": \"bytes\"}", fields), r -> {
            r.put("id", ByteBuffer.wrap("id as bytes".getBytes()));
            r.put("captured_at", 5);
        });

        // Only the id, not the record behind it.
        assertThat(event.getId()).isEqualTo("id as bytes");
        assertThat(event.getCapturedAt()).isEqualTo(Instant.ofEpochMilli(5));
    }

    @Test
    void shouldLimitTextsThatWereWrittenAsBytes() throws IOException {
        Schema writer = imageSchema("{\"name\": \"id\", \"type\": \"bytes\"}", REQUIRED);
        byte[] record = written(writer, r -> r.put("id", ByteBuffer.wrap(new byte[101])));
        RecordReader<ImageEvent> reader = new RecordReader<>(writer, ImageEvent.SCHEMA$,
            GeneratedClasses.of(ImageEvent.class), new EventLimits(1_000, 100, 3));

        assertThatThrownBy(() -> reader.read(record))
            .hasMessage("the event's texts must have at most 100 bytes together, but have 104");
    }

    @Test
    void shouldFollowTheReadersAliases() throws IOException {
        Schema writer = new Schema.Parser().parse("""
            {"type": "record", "name": "Picture", "namespace": "io.oodmonitor.event", "fields": [
              {"name": "name", "type": "string"}, %s]}""".formatted(REQUIRED));
        Schema expected = new Schema.Parser().parse(ImageEvent.SCHEMA$.toString());
        expected.addAlias("Picture");
        expected.getField("id").addAlias("name");

        ImageEvent event = reader(writer, expected).read(written(writer, r -> r.put("name", "x")));

        assertThat(event.getId()).isEqualTo("x");
    }

    @Test
    void shouldReadARecordThatIsItsOwnWritersOnlyException() throws IOException {
        Schema nullable = imageSchema("{\"name\": \"id\", \"type\": [\"null\", \"string\"]}", REQUIRED);

        assertThat(read(nullable, r -> r.put("id", "x")).getId()).isEqualTo("x");
        assertThatThrownBy(() -> read(nullable, r -> r.put("id", null)))
            .isInstanceOfSatisfying(MalformedRecordException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.SCHEMA_MISMATCH));
    }

    @Test
    void shouldRefuseASchemaWithoutARequiredField() {
        Schema other = imageSchema(REQUIRED);

        assertThatThrownBy(() -> read(other, r -> { }))
            .hasMessageContaining("cannot be read as ImageEvent").hasMessageContaining("id")
            .isInstanceOfSatisfying(MalformedRecordException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.SCHEMA_MISMATCH));
    }

    @Test
    void shouldRefuseAnotherRecord() {
        Schema text = Schema.create(Schema.Type.STRING);

        assertThatThrownBy(() -> reader(text, ImageEvent.SCHEMA$).read(new byte[] {0, 0, 0, 0, 1, 2, 'a'}))
            .isInstanceOfSatisfying(MalformedRecordException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.SCHEMA_MISMATCH));
    }

    private static ImageEvent read(Schema writer, Consumer<GenericRecord> fields) throws IOException {
        return reader(writer, ImageEvent.SCHEMA$).read(written(writer, fields));
    }

    private static RecordReader<ImageEvent> reader(Schema writer, Schema expected) {
        return new RecordReader<>(writer, expected, GeneratedClasses.of(ImageEvent.class), EventLimits.NONE);
    }

    private static byte[] written(Schema writer, Consumer<GenericRecord> fields) throws IOException {
        GenericRecord event = new GenericData.Record(writer);
        Map<String, Object> usual = Map.of("source", "cam", "captured_at", 5L,
            "image", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        usual.forEach(event::put);
        event.put("encoding", new GenericData.EnumSymbol(writer.getField("encoding").schema(), "ENCODED"));
        fields.accept(event);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(WireFormat.header(1));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(writer).write(event, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static Schema imageSchema(String... fields) {
        return new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"ImageEvent\", \"namespace\": "
            + "\"io.oodmonitor.event\", \"fields\": [" + String.join(", ", fields) + "]}");
    }
}
