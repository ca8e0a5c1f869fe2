package io.oodmonitor.event;

import org.apache.kafka.common.errors.SerializationException;

/** The registry does not answer at the moment; the same call may succeed later. */
public final class RegistryUnavailableException extends SerializationException {

    RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
