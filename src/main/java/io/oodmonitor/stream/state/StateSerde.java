package io.oodmonitor.stream.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Internal records in Avro's single-object encoding: each names its schema by fingerprint, so that a later version
 * recognises what an earlier one left in a store, without a registry.
 */
public final class StateSerde {

    static {
        // The generated code that writes these records, which one is at every image, instead of a look at each field's
        // schema. What it writes is the same.
        List.of(CalibrationSample.class, CalibrationState.class, SourceState.class, VerdictCounts.class)
                .forEach(type -> SpecificData.getForClass(type).setCustomCoders(true));
    }

    /** How many fields the first version of a schema had; every later one appends some, with defaults. */
    private static final int CALIBRATION_SAMPLE_AT_FIRST = 2;
    private static final int CALIBRATION_STATE_AT_FIRST = 3;

    private StateSerde() {}

    public static Serde<CalibrationSample> calibrationSample() {
        return of(CalibrationSample.getEncoder(), earlier(CalibrationSample.getDecoder(), CalibrationSample.SCHEMA$,
                CALIBRATION_SAMPLE_AT_FIRST));
    }

    public static Serde<CalibrationState> calibrationState() {
        return of(CalibrationState.getEncoder(), earlier(CalibrationState.getDecoder(), CalibrationState.SCHEMA$,
                CALIBRATION_STATE_AT_FIRST));
    }

    public static Serde<VerdictCounts> verdictCounts() {
        return of(VerdictCounts.getEncoder(), VerdictCounts.getDecoder());
    }

    public static Serde<SourceState> sourceState() {
        return of(SourceState.getEncoder(), SourceState.getDecoder());
    }

    /** The decoder, which now reads what was written with the schema's first so many fields too. */
    private static <T> BinaryMessageDecoder<T> earlier(BinaryMessageDecoder<T> decoder, Schema schema, int fields) {
        decoder.addSchema(Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false,
                schema.getFields().subList(0, fields).stream().map(field -> new Schema.Field(field, field.schema()))
                        .toList()));
        return decoder;
    }

    private static <T extends SpecificRecord> Serde<T> of(BinaryMessageEncoder<T> encoder,
                                                          BinaryMessageDecoder<T> decoder) {
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : encode(topic, value, encoder),
                (topic, bytes) -> bytes == null ? null : decode(topic, bytes, decoder));
    }

    private static <T> byte[] encode(String topic, T value, BinaryMessageEncoder<T> encoder) {
        try {
            ByteBuffer buffer = encoder.encode(value);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new SerializationException("A record for " + topic + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static <T> T decode(String topic, byte[] bytes, BinaryMessageDecoder<T> decoder) {
        try {
            return decoder.decode(bytes);
        } catch (IOException | AvroRuntimeException e) {
            throw new SerializationException("A record of " + topic + " cannot be read: " + e.getMessage(), e);
        }
    }
}
