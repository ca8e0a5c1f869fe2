package io.oodmonitor.web;

import io.oodmonitor.history.ImageKey;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** A request's parameters, checked. */
record Query(Fields fields) {

    private static final String SOURCE = "source";

    /** @throws BadRequestException if they cannot be read */
    static Query of(Request request) {
        try {
            return new Query(Request.extractQueryParameters(request));
        } catch (RuntimeException e) {
            throw new BadRequestException("The parameters must be percent-encoded UTF-8, but are not.");
        }
    }

    /** Empty where it is not there, or says nothing. */
    Optional<String> text(String name) {
        return Optional.ofNullable(fields.getValue(name)).filter(text -> !text.isEmpty());
    }

    Optional<String> source() {
        return text(SOURCE);
    }

    /** Milliseconds since the epoch. */
    long from() {
        return number("from", 0, 0, Long.MAX_VALUE);
    }

    /** Milliseconds since the epoch. */
    long to() {
        return number("to", Long.MAX_VALUE, 0, Long.MAX_VALUE);
    }

    int points(int otherwise) {
        return (int) number("points", otherwise, 2, 10_000);
    }

    int limit(int otherwise) {
        return (int) number("limit", otherwise, 1, 1_000);
    }

    Optional<ImageKey> before() {
        return text("before").map(text -> ImageKey.parse(text).orElseThrow(() -> new BadRequestException(
                "before must be what 'next' of an earlier answer said, but is not.")));
    }

    private long number(String name, long otherwise, long least, long most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same as one out of bounds.
        }
        throw new BadRequestException(name + " must be a whole number " + (most == Long.MAX_VALUE
                ? "of at least " + least : "from " + least + " to " + most) + ", but is not.");
    }
}
