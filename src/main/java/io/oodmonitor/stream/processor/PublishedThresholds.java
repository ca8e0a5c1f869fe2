package io.oodmonitor.stream.processor;

import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.scoring.Mask;
import io.oodmonitor.scoring.MovingMask;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The thresholds on their topic, as the global store shows them. One per task; not thread-safe. */
public final class PublishedThresholds {

    private final ReadOnlyKeyValueStore<String, byte[]> store;
    private final Function<byte[], OodThreshold> reader;

    /** @param reader reads a threshold as it stands on its topic */
    public PublishedThresholds(ReadOnlyKeyValueStore<String, byte[]> store, Function<byte[], OodThreshold> reader) {
        this.store = store;
        this.reader = reader;
    }

    /**
     * The record in force as it stands, null if there is none. The store is in memory and returns the same array until
     * the threshold changes.
     */
    byte[] bytes(DetectorKey key) {
        byte[] own = store.get(key.text());
        // Until the mask has moved, the threshold from before it could is of the same mask.
        return own == null && key.hasMovingMask() ? store.get(key.withFittedMask().text()) : own;
    }

    OodThreshold read(byte[] bytes) {
        return reader.apply(bytes);
    }

    /** What scores of a model are judged by now: the threshold on the topic, else the one fitted with the bundle. */
    public Optional<Standard> standard(MonitoredModel model) {
        return inForce(model.key()).map(Standard::of).or(model::fittedStandard);
    }

    Optional<OodThreshold> inForce(DetectorKey key) {
        return Optional.ofNullable(bytes(key)).map(reader);
    }

    /** The largest version of a threshold of this detector, whether its mask was fixed or moved; 0 without any. */
    long version(DetectorKey key) {
        return List.of(key.withMovingMask(), key.withFittedMask(), key).stream().map(k -> store.get(k.text()))
                .filter(bytes -> bytes != null).mapToLong(bytes -> reader.apply(bytes).getVersion()).max().orElse(0);
    }

    /**
     * The mask that a threshold is of.
     *
     * @throws IllegalStateException in one sentence, if the record does not hold it
     */
    static Mask mask(OodThreshold threshold, MovingMask masks) {
        int version = DetectorKey.mask(threshold.getDetectorVersion());
        if (version == Mask.FITTED) {
            return masks.fitted();
        }
        if (threshold.getFeatureMean() == null) {
            throw new IllegalStateException("The threshold of " + threshold.getModel() + " "
                    + threshold.getModelVersion() + " " + threshold.getDetectorVersion() + " on the topic must hold the"
                    + " feature mean of its mask, but does not: delete it there, and calibration makes a new one");
        }
        return masks.at(version, array(threshold.getFeatureMean()));
    }

    static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
