package io.oodmonitor.event;

import org.apache.kafka.common.errors.SerializationException;

/**
 * What went wrong between us and the registry. Messages are one sentence and never hold a password.
 *
 * <p>{@link RegistryUnavailableException} may pass by itself and is to be retried; the others are answers and will be
 * the same until someone changes something. Without stack traces, as Kafka has it for all of this kind.
 */
public abstract sealed class RegistryException extends SerializationException
    permits RegistryUnavailableException, RegistryRefusedException, UnknownSchemaException, UnusableSchemaException {

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
