package io.oodmonitor.history;

import io.oodmonitor.event.OodScore;

/**
 * An image out of distribution, as on ood-alerts.
 *
 * @param cameAt milliseconds since the epoch: the time that decides which window counts it
 */
public record FlaggedImage(ImageKey key, long cameAt, OodScore verdict) {

    /** Characters, which the sender decides on. */
    long weight() {
        return verdict.getId().length() + verdict.getSource().length();
    }
}
