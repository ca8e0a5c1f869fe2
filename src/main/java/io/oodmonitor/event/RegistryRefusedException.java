package io.oodmonitor.event;

/** The registry understood and said no: wrong credentials, an incompatible schema, a schema nobody registered. */
public final class RegistryRefusedException extends RegistryException {

    RegistryRefusedException(String message) {
        super(message, null);
    }
}
