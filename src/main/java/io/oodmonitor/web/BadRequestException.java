package io.oodmonitor.web;

/** A request that cannot be answered as it is; the message is one sentence for who made it. */
final class BadRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
        super(message);
    }
}
