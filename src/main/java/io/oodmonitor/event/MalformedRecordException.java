package io.oodmonitor.event;

import org.apache.kafka.common.errors.SerializationException;

/** A record that cannot be read, now or later, whatever the registry's state: the one failure that is a dead letter. */
public final class MalformedRecordException extends SerializationException {

    /** Why a record cannot be read. The names are stable: they travel in the headers of dead letters. */
    public enum Reason {
        /** The bytes do not begin with the Confluent wire format's header. */
        NOT_AVRO,
        /** The registry answered that it knows no schema of that id. */
        UNKNOWN_SCHEMA,
        /** The bytes are not what the schema they name describes. */
        MALFORMED_EVENT,
        /** The event is larger, or says more beside its image, than {@link EventLimits} allow. */
        EVENT_TOO_LARGE,
        /** The schema they name cannot be read as the record expected here. */
        SCHEMA_MISMATCH
    }

    private final Reason reason;

    /** A record refused for that reason; the message says what was found and what was expected. */
    MalformedRecordException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** The same, found out by another exception. */
    MalformedRecordException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why the record cannot be read. */
    public Reason reason() {
        return reason;
    }
}
