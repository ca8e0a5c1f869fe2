package io.oodmonitor.inference;

/** Images that do not suit a network, or cannot be used at all; the message is one sentence. */
public final class InferenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InferenceException(String message) {
        super(message);
    }
}
