package io.oodmonitor.forward;

/** The receiver takes no alert of ours. The message is one sentence for whoever runs the forwarder. */
public final class ForwardingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForwardingException(String sentence) {
        super(sentence);
    }
}
