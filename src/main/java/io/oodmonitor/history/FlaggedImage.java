package io.oodmonitor.history;

import io.oodmonitor.event.OodScore;

/** An image out of distribution, as on ood-alerts. */
public record FlaggedImage(ImageKey key, OodScore verdict) {

    /** Characters, which the sender decides on. */
    long weight() {
        return verdict.getId().length() + verdict.getSource().length();
    }
}
