package io.oodmonitor.detector.statistics;

/** A method needs statistics that were not taken; the message is one sentence. */
public final class MissingStatisticsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MissingStatisticsException(String message) {
        super(message);
    }
}
