package io.oodmonitor.scoring;

/** The network did not run. Says nothing yet about whose fault it was: an image's or the device's. */
public final class NetworkException extends Exception {

    public NetworkException(String message, Throwable cause) {
        super(message, cause);
    }
}
