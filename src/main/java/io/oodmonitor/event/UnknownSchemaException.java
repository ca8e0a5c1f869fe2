package io.oodmonitor.event;

/** The registry answered that it knows no schema of that id. */
public final class UnknownSchemaException extends RegistryException {

    UnknownSchemaException(String message) {
        super(message, null);
    }
}
