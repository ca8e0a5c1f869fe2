package io.oodmonitor.stream.processor;

import io.oodmonitor.calibration.CalibrationQuantiles;
import io.oodmonitor.calibration.ConformalRank;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.Verdict;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Judges scores by the threshold in force: the latest one from the calibration stream, else the one fitted with the
 * bundle, else none. One per task; not thread-safe.
 */
final class Judge {

    /** A threshold, and the calibration scores behind it. */
    record Standard(long version, double threshold, ConformalRank rank, CalibrationQuantiles quantiles) {}

    private final String key;
    private final ReadOnlyKeyValueStore<String, byte[]> store;
    private final Function<byte[], OodThreshold> reader;
    private final Optional<Standard> fitted;
    private byte[] latestBytes;
    private Optional<Standard> latest;

    Judge(MonitoredModel model, ReadOnlyKeyValueStore<String, byte[]> store, Function<byte[], OodThreshold> reader) {
        this.key = model.key().text();
        this.store = store;
        this.reader = reader;
        this.fitted = model.fitted().map(fit -> new Standard(0, fit.threshold().threshold(),
                fit.threshold().conformalRank(), fit.quantiles()));
        this.latest = fitted;
    }

    /** The threshold in force, or empty while uncalibrated. */
    Optional<Standard> standard() {
        byte[] bytes = store.get(key);
        // The store is in memory and returns the same array until the threshold changes.
        if (bytes != latestBytes) {
            latestBytes = bytes;
            latest = bytes == null ? fitted : Optional.of(of(reader.apply(bytes)));
        }
        return latest;
    }

    static Verdict verdict(Standard standard, float score) {
        return score < standard.threshold() ? Verdict.OUT_OF_DISTRIBUTION : Verdict.IN_DISTRIBUTION;
    }

    private static Standard of(OodThreshold threshold) {
        double[] quantiles = threshold.getQuantiles().stream().mapToDouble(Double::doubleValue).toArray();
        return new Standard(threshold.getVersion(), threshold.getThreshold(),
                new ConformalRank(threshold.getRank(), threshold.getSamples()),
                CalibrationQuantiles.restore(quantiles, threshold.getSamples()));
    }
}
