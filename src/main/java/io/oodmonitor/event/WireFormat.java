package io.oodmonitor.event;

/** The Confluent wire format: a zero byte, the schema's id in 4 bytes, most significant first, then Avro binary. */
final class WireFormat {

    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    private WireFormat() {}

    /** The subject that the values of a topic are registered under. */
    static String subject(String topic) {
        return topic + "-value";
    }
}
