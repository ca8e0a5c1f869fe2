package io.oodmonitor.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes a generated class in the Confluent wire format, under the subject TOPIC-value. The registry is asked once a
 * topic. Thread-safe.
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    private static final int SMALL_RECORD_BYTES = 512;

    private final RegistryClient registry;
    private final Schema published;
    private final SpecificDatumWriter<T> writer;
    /** Each with a buffer that small fields are gathered in; an image's bytes go past it. */
    private final ThreadLocal<BinaryEncoder> encoders = new ThreadLocal<>();
    private final Map<String, byte[]> headers = new ConcurrentHashMap<>();

    /** For records of that class, with schemas in that registry. */
    public AvroSerializer(RegistryClient registry, Class<T> type) {
        this.registry = registry;
        this.published = PublishedSchema.of(type);
        this.writer = new SpecificDatumWriter<>(type);
    }

    /** The subject that holds the schemas of a topic's values. */
    public static String subject(String topic) {
        return topic + "-value";
    }

    /**
     * Settles the schema of a topic before its first record, so that what is wrong with it stops the start.
     *
     * @throws RegistryRefusedException     if the registry refuses the schema, or lacks it and may not be given it
     * @throws RegistryUnavailableException if no registry answered
     */
    public void prepare(String topic) {
        header(topic);
    }

    /** Null for null, as Kafka wants it; throws what {@link #prepare} throws if that was not done before. */
    @Override
    public byte[] serialize(String topic, T record) {
        if (record == null) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(SMALL_RECORD_BYTES);
        out.writeBytes(header(topic));
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, encoders.get());
            encoders.set(encoder);
            writer.write(record, encoder);
            encoder.flush();
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new SerializationException("a record for topic " + topic + " is no complete " + published.getName()
                + ": " + e.getMessage(), e);
        }
        return out.toByteArray();
    }

    private byte[] header(String topic) {
        byte[] known = headers.get(topic);
        if (known == null) {
            known = WireFormat.header(registry.idFor(subject(topic), published));
            headers.put(topic, known);
        }
        return known;
    }
}
