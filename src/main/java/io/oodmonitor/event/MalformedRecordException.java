package io.oodmonitor.event;

import org.apache.kafka.common.errors.SerializationException;

/** The bytes are not a record that can be read, now or later. */
public final class MalformedRecordException extends SerializationException {

    /** What is wrong with them. The names are stable: they become dead letters' reason codes. */
    public enum Reason {
        /** Not in the wire format. */
        NOT_AVRO,
        /** The registry does not know the schema id. */
        UNKNOWN_SCHEMA,
        /** Written with a schema that does not fit the record that is expected. */
        SCHEMA_MISMATCH,
        /** Not what their schema says. */
        MALFORMED_EVENT
    }

    private final Reason reason;

    MalformedRecordException(Reason reason, String message) {
        this(reason, message, null);
    }

    MalformedRecordException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
