package io.oodmonitor.event;

import io.oodmonitor.fuzz.Allowance;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Values of the images topic, wire format and all: an event within the limits, or a {@link MalformedRecordException}.
 * Schema 1 is ImageEvent's own; schema 2 has its fields in another order and some that are to be skipped.
 */
public final class EventFuzz {

    private static final EventLimits LIMITS = new EventLimits(1 << 20, 1 << 12, 20);
    private static final Allowance ALLOWANCE = Allowance.mebibytes(16, MalformedRecordException.class);
    private static final Schema OTHER = new Schema.Parser().parse("""
            {"type": "record", "name": "ImageEvent", "namespace": "io.oodmonitor.event", "fields": [
              {"name": "notes", "type": {"type": "array", "items": ["null", "string", "double"]}},
              {"name": "image", "type": "bytes"}, {"name": "id", "type": "string"},
              {"name": "place", "type": {"type": "record", "name": "Place", "fields": [
                {"name": "x", "type": "float"}, {"name": "tags", "type": {"type": "map", "values": "boolean"}}]}},
              {"name": "source", "type": "string"}, {"name": "captured_at", "type": "long"},
              {"name": "encoding", "type": {"type": "enum", "name": "ImageEncoding", "symbols": ["RGB8", "ENCODED"]}},
              {"name": "digest", "type": {"type": "fixed", "name": "Digest", "size": 16}}]}
            """);
    private static final Map<Integer, RecordReader<ImageEvent>> READERS =
            Map.of(1, reader(PublishedSchema.of(ImageEvent.class)), 2, reader(OTHER));

    private EventFuzz() {
    }

    private static RecordReader<ImageEvent> reader(Schema writer) {
        return new RecordReader<>(writer, ImageEvent.SCHEMA$, GeneratedClasses.of(ImageEvent.class), LIMITS);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        ALLOWANCE.check(() -> {
            RecordReader<ImageEvent> reader = READERS.get(WireFormat.schemaId(input));
            if (reader != null) {
                check(reader.read(input));
            }
        });
    }

    private static void check(ImageEvent event) {
        if (event.getId() == null || event.getSource() == null || event.getCapturedAt() == null
                || event.getEncoding() == null || event.getImage() == null || event.getAttributes() == null) {
            throw new AssertionError("an event must be whole, but is " + event);
        }
        if (event.getAttributes().size() > LIMITS.maxAttributes()) {
            throw new AssertionError("an event must be within " + LIMITS + ", but has "
                    + event.getAttributes().size() + " attributes");
        }
    }
}
