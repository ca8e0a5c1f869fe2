package io.oodmonitor.stream;

import io.oodmonitor.event.OodScore;
import io.oodmonitor.stream.prefetch.Reason;

/** What somebody is told who shows the monitor one image. */
public sealed interface ImageAnswer {

    /** @param verdict as it would stand on the topic, but for id and source, which the image has none of */
    record Judged(OodScore verdict) implements ImageAnswer {}

    /** The image cannot be scored, now or later: on a topic it would become a dead letter for that reason. */
    record Rejected(Reason reason, String why) implements ImageAnswer {}

    /** No image, or not this one more, can be scored at the moment. */
    record Unavailable(String why) implements ImageAnswer {}
}
