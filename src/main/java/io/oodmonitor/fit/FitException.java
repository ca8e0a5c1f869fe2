package io.oodmonitor.fit;

/** A classifier or images that no bundle can be made of; the message is one sentence. */
public final class FitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FitException(String message) {
        super(message);
    }

    public FitException(String message, Throwable cause) {
        super(message, cause);
    }
}
