package io.oodmonitor.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * What a registry answered.
 *
 * @param from   the registry's URL
 * @param status the HTTP status
 * @param body   the JSON it sent; missing ({@link JsonNode#isMissingNode()}) if it was none
 */
record RegistryReply(URI from, int status, JsonNode body) {

    private static final int LONGEST_MESSAGE = 500;

    boolean isSuccess() {
        return status / 100 == 2;
    }

    /** The Confluent API's own code, such as 40403, or 0 where there is none: then it was not a registry that answered. */
    int errorCode() {
        return body.path("error_code").asInt(0);
    }

    /** What a registry says that has no such subject, version or schema; a wrong path or a proxy's 404 is not that. */
    boolean isNotFound() {
        return status == 404 && errorCode() / 100 == 404;
    }

    /** The registry's own words, made fit for one line. */
    String message() {
        String text = body.path("message").asText("").replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return text.isEmpty() ? "HTTP status " + status
            : text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "..." : text;
    }
}
