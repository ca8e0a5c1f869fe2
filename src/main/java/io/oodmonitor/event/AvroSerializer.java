package io.oodmonitor.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** Writes records of one type in the wire format, under the subject TOPIC-value. Thread-safe. */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    private final RegistryClient registry;
    private final Schema schema;
    private final DatumWriter<T> writer;
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();

    public AvroSerializer(RegistryClient registry, Class<T> type) {
        this.registry = registry;
        this.schema = SpecificData.get().getSchema(type);
        this.writer = new SpecificDatumWriter<>(schema, SpecificData.getForClass(type));
    }

    /**
     * Makes sure that the registry has the schema, so that no record has to wait for it.
     *
     * @throws SerializationException in one sentence, if the registry refuses it or does not answer
     */
    public void prepare(String topic) {
        id(topic);
    }

    private int id(String topic) {
        return ids.computeIfAbsent(topic, t -> registry.id(WireFormat.subject(t), schema));
    }

    @Override
    public byte[] serialize(String topic, T value) {
        if (value == null) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        bytes.write(WireFormat.MAGIC);
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(id(topic)).array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new SerializationException(
                    "A " + schema.getName() + " cannot be written to " + topic + ": " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }
}
