package io.oodmonitor.bundle;

/** A bundle that cannot be used or written; the message is one sentence that names the folder and what is wrong. */
public final class BundleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BundleException(String message) {
        super(message);
    }

    public BundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
