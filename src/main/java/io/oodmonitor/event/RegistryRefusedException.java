package io.oodmonitor.event;

/** The registry understood and said no: wrong credentials, an incompatible schema, a schema nobody registered. */
public final class RegistryRefusedException extends RegistryException {

    /** What was refused, and why. */
    public RegistryRefusedException(String message) {
        super(message, null);
    }
}
