package io.oodmonitor.scoring;

/** The network did not run. Whose fault it was, an image's or the device's, its words may say. */
public final class NetworkException extends Exception {

    public NetworkException(String message, Throwable cause) {
        super(message, cause);
    }

    FailureKind kind() {
        return FailureKind.of(getMessage());
    }
}
