package io.oodmonitor.event;

import io.oodmonitor.event.MalformedRecordException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads records of one type from the wire format, whatever version of their schema they were written with. A record's
 * bytes fields are views of the array that it was read from. Thread-safe.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private static final int REMEMBERED = 1_000;

    static {
        TrustedRecords.trust();
    }

    private final RegistryClient registry;
    private final Schema schema;
    private final SpecificData data;
    private final Map<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();

    public AvroDeserializer(RegistryClient registry, Class<T> type) {
        this.registry = registry;
        this.schema = SpecificData.get().getSchema(type);
        this.data = SpecificData.getForClass(type);
    }

    /**
     * Reads a record.
     *
     * @return null if the bytes are null
     * @throws MalformedRecordException     if they are no such record, now or later
     * @throws RegistryUnavailableException if their schema cannot be looked up at the moment
     */
    @Override
    public T deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length < WireFormat.HEADER_BYTES || bytes[0] != WireFormat.MAGIC) {
            throw new MalformedRecordException(Reason.NOT_AVRO,
                    "The value does not begin with byte 0 and a schema id, as the wire format does");
        }
        DatumReader<T> reader = reader(ByteBuffer.wrap(bytes).getInt(1));
        SliceDecoder decoder = new SliceDecoder(bytes, WireFormat.HEADER_BYTES);
        T record;
        try {
            record = reader.read(null, decoder);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new MalformedRecordException(Reason.MALFORMED_EVENT, "The value is no " + schema.getName() + ": "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()), e);
        }
        if (decoder.remaining() > 0) {
            throw new MalformedRecordException(Reason.MALFORMED_EVENT, "The value has " + decoder.remaining()
                    + " bytes after the end of its " + schema.getName());
        }
        return record;
    }

    private DatumReader<T> reader(int id) {
        DatumReader<T> known = readers.get(id);
        if (known != null) {
            return known;
        }
        Schema writer = registry.schema(id).orElseThrow(() -> new MalformedRecordException(Reason.UNKNOWN_SCHEMA,
                "The registry does not know the value's schema id " + id));
        DatumReader<T> reader = reader(id, writer);
        if (readers.size() >= REMEMBERED) {
            readers.clear();
        }
        readers.put(id, reader);
        return reader;
    }

    private DatumReader<T> reader(int id, Schema writer) {
        try {
            if (SchemaCompatibility.checkReaderWriterCompatibility(schema, writer).getType()
                    == SchemaCompatibilityType.COMPATIBLE) {
                return new SpecificDatumReader<>(writer, schema, data);
            }
        } catch (AvroTypeException | StackOverflowError e) {
            // As incompatible as any.
        }
        throw new MalformedRecordException(Reason.SCHEMA_MISMATCH, "Schema " + id + " (" + writer.getFullName()
                + ") cannot be read as " + schema.getFullName());
    }
}
