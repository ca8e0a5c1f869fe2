package io.oodmonitor.scoring;

/** The network fails on this image and runs on others. Trying again will not help. */
public final class UnscorableImageException extends Exception {

    UnscorableImageException(Throwable cause) {
        super("The network fails on this image alone: " + cause.getMessage(), cause);
    }
}
