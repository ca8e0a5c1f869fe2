package io.oodmonitor.event;

import io.oodmonitor.event.MalformedRecordException.Reason;
import java.io.IOException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Reads records that were written with one certain schema as a generated class. Thread-safe. */
final class RecordReader<T extends SpecificRecord> {

    private final SpecificDatumReader<T> avro;
    private final boolean sameStructure;
    private final boolean compatible;
    private final EventLimits limits;

    /** For records of a registered schema, read as the given one, whose classes are those given. */
    RecordReader(Schema registered, Schema expected, GeneratedClasses classes, EventLimits limits) {
        Schema writer = WriterSchema.structureOf(registered);
        this.sameStructure = SchemaNormalization.toParsingForm(writer)
            .equals(SchemaNormalization.toParsingForm(expected));
        this.compatible = SchemaCompatibility.checkReaderWriterCompatibility(expected, writer).getType()
            == SchemaCompatibilityType.COMPATIBLE;
        this.avro = new SpecificDatumReader<>(writer, expected, classes);
        this.limits = limits;
    }

    /**
     * The record that begins after the header. If it was written with the reader's own schema, its fields of type bytes
     * are views of the array.
     *
     * @throws MalformedRecordException SCHEMA_MISMATCH if the schemas disagree on this record, EVENT_TOO_LARGE if it
     *     breaks a limit, MALFORMED_EVENT if the bytes are not such a record from the first to the last
     */
    T read(byte[] record) {
        if (record.length > limits.maxBytes()) {
            throw new MalformedRecordException(Reason.EVENT_TOO_LARGE, "the record must have at most "
                + limits.maxBytes() + " bytes, but has " + record.length);
        }
        RecordDecoder decoder = new RecordDecoder(record, WireFormat.HEADER_BYTES, sameStructure, limits);
        T result;
        try {
            result = avro.read(null, decoder);
        } catch (IOException | RuntimeException e) {
            // Whatever Avro throws at hostile bytes, index and arithmetic errors included, calls them malformed.
            if (decoder.excess() != null) {
                throw new MalformedRecordException(Reason.EVENT_TOO_LARGE, decoder.excess(), e);
            }
            boolean mismatch = e instanceof AvroTypeException && !compatible;
            throw new MalformedRecordException(mismatch ? Reason.SCHEMA_MISMATCH : Reason.MALFORMED_EVENT,
                "the record cannot be read as " + avro.getExpected().getName() + ": " + e.getMessage(), e);
        }
        if (decoder.remainingBytes() > 0) {
            throw new MalformedRecordException(Reason.MALFORMED_EVENT, "the record must end with its last field, but "
                + decoder.remainingBytes() + " bytes follow");
        }
        limits.check(result);
        return result;
    }
}
