package io.oodmonitor.history;

import io.oodmonitor.event.OodScore;
import java.time.Instant;

/**
 * What joins an image in the stream with its record on ood-alerts. Ids alone need not be unique; with where and when
 * the image was taken and when it was judged they are as good as that.
 */
record ImageIdentity(String id, String source, Instant capturedAt, Instant scoredAt) {

    static ImageIdentity of(OodScore verdict) {
        return new ImageIdentity(verdict.getId(), verdict.getSource(), verdict.getCapturedAt(), verdict.getScoredAt());
    }
}
