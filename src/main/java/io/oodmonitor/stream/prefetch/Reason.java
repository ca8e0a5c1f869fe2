package io.oodmonitor.stream.prefetch;

import io.oodmonitor.event.MalformedRecordException;
import io.oodmonitor.image.ImageRejectedException;

/** Why a record cannot be scored. The names stand in dead letters and metrics: they never change. */
public enum Reason {
    /** The record has no value. */
    NULL_VALUE,
    /** The value is not in the wire format. */
    NOT_AVRO,
    /** The registry does not know the value's schema id. */
    UNKNOWN_SCHEMA,
    /** The value was written with a schema that does not fit ImageEvent. */
    SCHEMA_MISMATCH,
    /** The value is not what its schema says. */
    MALFORMED_EVENT,
    /** The record is larger, or says more beside its image, than the configured limits. */
    EVENT_TOO_LARGE,
    /** The event's image has no bytes. */
    EMPTY_IMAGE,
    /** The image is neither JPEG, PNG, BMP nor WebP. */
    UNSUPPORTED_FORMAT,
    /** The image is truncated or damaged. */
    CORRUPT_IMAGE,
    /** The image is larger than the configured limits. */
    IMAGE_TOO_LARGE,
    /** A raw image's length is not height x width x 3. */
    WRONG_LENGTH,
    /** A calibration image has no label. */
    MISSING_LABEL,
    /** A calibration image's label is no class of the model. */
    UNKNOWN_LABEL,
    /** The network's score is not a finite number. */
    SCORE_NOT_FINITE,
    /** The network fails on this image and runs on others. */
    SCORING_FAILED;

    static Reason of(ImageRejectedException.Reason reason) {
        return valueOf(reason.name());
    }

    static Reason of(MalformedRecordException.Reason reason) {
        return valueOf(reason.name());
    }
}
