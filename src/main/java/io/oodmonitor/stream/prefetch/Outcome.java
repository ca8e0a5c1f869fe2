package io.oodmonitor.stream.prefetch;

import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.scoring.Score;

/** What became of a record: a score, or a reason why there is none. */
public sealed interface Outcome {

    /** The record's value, as it came. */
    byte[] value();

    /** The image was scored, and the score is finite. */
    record Scored(byte[] value, ImageEvent event, Score score) implements Outcome {}

    /** The image cannot be scored, now or later. */
    record Rejected(byte[] value, Reason reason, String message) implements Outcome {}
}
