package io.oodmonitor.event;

import io.oodmonitor.event.MalformedRecordException.Reason;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads records in the Confluent wire format as a generated class, whichever compatible schema they were written with.
 *
 * <p>Fields of type bytes may be views of the record's array, so that an image is not copied: do not write to it.
 * Holds a bounded number of writers' schemas. Thread-safe.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private record Known<T extends SpecificRecord>(int id, RecordReader<T> reader) {
    }

    private final RegistryClient registry;
    private final Schema expected;
    private final GeneratedClasses classes;
    private final EventLimits limits;
    private final Map<Integer, RecordReader<T>> readers = new BoundedMap<>(RegistryClient.MAX_SCHEMAS);
    /** The one used last: records mostly come from one writer, who then needs no lock. */
    private volatile Known<T> last;

    /** For records of that class, with writers' schemas from that registry. */
    public AvroDeserializer(RegistryClient registry, Class<T> type) {
        this(registry, type, EventLimits.NONE);
    }

    /** For records that anyone may have written. */
    public AvroDeserializer(RegistryClient registry, Class<T> type, EventLimits limits) {
        this.registry = registry;
        this.limits = limits;
        this.expected = SpecificData.get().getSchema(type);
        this.classes = GeneratedClasses.of(type);
    }

    /**
     * Null for null, as Kafka wants it.
     *
     * @throws MalformedRecordException if the record cannot be read, now or later
     * @throws RegistryException        if the registry could not be asked; the record may be fine
     */
    @Override
    public T deserialize(String topic, byte[] record) {
        return record == null ? null : readerOf(WireFormat.schemaId(record)).read(record);
    }

    private RecordReader<T> readerOf(int id) {
        Known<T> known = last;
        if (known == null || known.id() != id) {
            known = new Known<>(id, cachedReaderOf(id));
            last = known;
        }
        return known.reader();
    }

    private RecordReader<T> cachedReaderOf(int id) {
        synchronized (readers) {
            RecordReader<T> reader = readers.get(id);
            if (reader != null) {
                return reader;
            }
        }
        RecordReader<T> made = newReader(id);
        synchronized (readers) {
            readers.put(id, made);
        }
        return made;
    }

    private RecordReader<T> newReader(int id) {
        try {
            return new RecordReader<>(registry.schemaById(id), expected, classes, limits);
        } catch (UnknownSchemaException e) {
            throw new MalformedRecordException(Reason.UNKNOWN_SCHEMA, e.getMessage(), e);
        } catch (UnusableSchemaException e) {
            throw new MalformedRecordException(Reason.SCHEMA_MISMATCH,
                "schema " + id + " cannot be read as " + expected.getName() + ": " + e.getMessage(), e);
        }
    }
}
