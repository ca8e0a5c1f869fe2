package io.oodmonitor.image;

import java.util.Objects;

/** An image that cannot be decoded, and why: a reason for machines, one sentence for people. */
public final class ImageRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why an image was rejected. The names are stable: they become reason codes of dead letters. */
    public enum Reason {
        /** There are no bytes at all. */
        EMPTY_IMAGE,
        /** Not a JPEG, PNG, BMP or WebP file, or a variety of one that is not supported. */
        UNSUPPORTED_FORMAT,
        /** Truncated, or not what the format allows. */
        CORRUPT_IMAGE,
        /** More bytes, a longer side or more pixels than {@link ImageLimits} allows. */
        IMAGE_TOO_LARGE,
        /** Raw pixels whose number is not height x width x 3. */
        WRONG_LENGTH
    }

    private final Reason reason;

    public ImageRejectedException(Reason reason, String message) {
        this(reason, message, null);
    }

    public ImageRejectedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }

    static ImageRejectedException corrupt(String message) {
        return new ImageRejectedException(Reason.CORRUPT_IMAGE, message);
    }

    static ImageRejectedException unsupported(String message) {
        return new ImageRejectedException(Reason.UNSUPPORTED_FORMAT, message);
    }
}
