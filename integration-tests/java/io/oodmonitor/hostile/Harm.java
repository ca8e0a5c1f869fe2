package io.oodmonitor.hostile;

import java.util.Optional;

/** What is done to an event, and the dead letter that it has to become, where only one will do. */
enum Harm {
    /** A sound image, which is scored. */
    NONE(30),
    /** Of the image. */
    FLIPPED_BITS(100), TRUNCATED(100), SPLICED(100), LENGTHS(100), HUGE_SIZE(60), NOISE(30),
    /** Of the image; frames in frames, as deep as a stack. */
    DEEP(2, "CORRUPT_IMAGE"),
    NO_BYTES(20, "EMPTY_IMAGE"), WRONG_LENGTH(20, "WRONG_LENGTH"),
    /** Of the record's value. */
    WIRE_FORMAT(20, "NOT_AVRO"), UNKNOWN_SCHEMA(20, "UNKNOWN_SCHEMA"), OTHER_SCHEMA(20, "SCHEMA_MISMATCH"),
    NO_VALUE(20, "NULL_VALUE"), FLIPPED_RECORD(100), TRUNCATED_RECORD(60, "MALFORMED_EVENT"),
    /** More than a verdict can carry. */
    LONG_ID(6, "EVENT_TOO_LARGE"), LONG_KEY(6, "EVENT_TOO_LARGE"), LONG_HEADERS(6, "EVENT_TOO_LARGE"),
    MANY_ATTRIBUTES(20, "EVENT_TOO_LARGE"),
    /** Sound images: of any time since 1970, and each of a source of its own. */
    ANY_TIME(60), NEW_SOURCE(60);

    private final int weight;
    private final Optional<String> reason;

    Harm(int weight) {
        this.weight = weight;
        this.reason = Optional.empty();
    }

    Harm(int weight, String reason) {
        this.weight = weight;
        this.reason = Optional.of(reason);
    }

    /** How often, beside the others. */
    int weight() {
        return weight;
    }

    Optional<String> reason() {
        return reason;
    }

    /** Whether the image is scored all the same. */
    boolean isScored() {
        return this == NONE || this == ANY_TIME || this == NEW_SOURCE;
    }
}
