package io.oodmonitor.onnx;

/** A model that cannot be monitored as it is; the message is one sentence that says what was found and expected. */
public final class UnsupportedModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnsupportedModelException(String message) {
        super(message);
    }

    public UnsupportedModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
