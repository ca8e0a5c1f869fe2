package io.oodmonitor.event;

/** No registry gave an answer: unreachable, too slow, overloaded or broken. Says nothing about a record; try again. */
public final class RegistryUnavailableException extends RegistryException {

    RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
