package io.oodmonitor.stream;

import java.util.List;
import java.util.Set;

/** The topics that the monitor reads (images, calibrationImages) and writes (the rest). */
public record TopicNames(String images, String calibrationImages, String scores, String alerts, String rates,
                         String rateAlerts, String thresholds, String deadLetters) {

    /** The topics that carry ImageEvents. */
    public Set<String> inputs() {
        return Set.of(images, calibrationImages);
    }

    /** All topics, inputs first. */
    public List<String> all() {
        return List.of(images, calibrationImages, scores, alerts, rates, rateAlerts, thresholds, deadLetters);
    }
}
