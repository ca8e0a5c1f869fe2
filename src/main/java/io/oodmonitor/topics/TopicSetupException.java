package io.oodmonitor.topics;

/** The topics cannot be set up; the message is one sentence for the person who runs the program. */
public final class TopicSetupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TopicSetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
