package io.oodmonitor.event;

/** The registry knows the id, but what it names is no Avro schema that can be read here. */
public final class UnusableSchemaException extends RegistryException {

    UnusableSchemaException(String message) {
        super(message, null);
    }
}
