package io.oodmonitor.stream.processor;

import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.stream.prefetch.Outcome;
import java.util.function.Function;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The verdict on an image that comes alone, beside the stream: the one that the stream would give. Stateless. */
public final class SingleVerdict {

    private SingleVerdict() {}

    /**
     * Judges by the threshold in force.
     *
     * @param thresholds the store of those on the topic
     * @param reader     reads one of them
     */
    public static OodScore of(MonitoredModel model, ReadOnlyKeyValueStore<String, byte[]> thresholds,
                              Function<byte[], OodThreshold> reader, Outcome.Scored image, long nowMillis) {
        try (Judge judge = new Judge(model, thresholds, reader)) {
            return judge.judged(image.event(), image.score(), nowMillis).score();
        }
    }
}
