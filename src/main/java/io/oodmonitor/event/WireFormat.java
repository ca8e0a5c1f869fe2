package io.oodmonitor.event;

import io.oodmonitor.event.MalformedRecordException.Reason;
import java.nio.ByteBuffer;

/** The Confluent wire format: byte 0, the schema's id as four bytes, big-endian, then the record in Avro's binary form. */
final class WireFormat {

    static final int HEADER_BYTES = 5;
    private static final byte MAGIC = 0;

    private WireFormat() {
    }

    /** The header of a record of that schema. */
    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
    }

    /**
     * The id of the schema a record was written with.
     *
     * @throws MalformedRecordException NOT_AVRO, if the bytes do not begin with such a header
     */
    static int schemaId(byte[] record) {
        if (record.length < HEADER_BYTES) {
            throw new MalformedRecordException(Reason.NOT_AVRO, "a record in the Confluent wire format has at least "
                + HEADER_BYTES + " bytes, but this one has " + record.length);
        }
        if (record[0] != MAGIC) {
            throw new MalformedRecordException(Reason.NOT_AVRO, String.format(
                "a record in the Confluent wire format begins with byte 0x00, but this one with 0x%02x", record[0]));
        }
        return ByteBuffer.wrap(record).getInt(1);
    }
}
