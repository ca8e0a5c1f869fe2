package io.oodmonitor.event;

/**
 * What went wrong between us and the registry. Messages are one sentence and never hold a password.
 *
 * <p>{@link RegistryUnavailableException} may pass by itself and is to be retried; the others are answers and will be
 * the same next time.
 */
public abstract sealed class RegistryException extends RuntimeException
    permits RegistryUnavailableException, RegistryRefusedException, UnknownSchemaException, UnusableSchemaException {

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }

    /** For failures that are remembered, and so thrown many times and by many threads: without a stack trace. */
    RegistryException(String message) {
        super(message, null, false, false);
    }
}
