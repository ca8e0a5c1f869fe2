package io.oodmonitor.stream.processor;

import io.oodmonitor.calibration.Calibration;
import io.oodmonitor.calibration.ConformalThreshold;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.stream.state.CalibrationSample;
import io.oodmonitor.stream.state.CalibrationState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the last so many calibration images of each detector, and publishes a new threshold while they change: with a
 * mask that moves, threshold and mask in one record, so that no instance ever sees the one without the other.
 *
 * <p>INVARIANT: the version of a threshold is larger than that of every earlier threshold of the same key, and the mask
 * it is of no earlier one, also after the loss of this task's own state: the published thresholds are looked at too.
 */
public final class ThresholdProcessor extends ContextualProcessor<String, CalibrationSample, String, OodThreshold> {

    /** Store of the windows' samples; keys are the detector's key and the sample's number. */
    public static final String SAMPLES = "calibration-samples";
    /** Store of where each window stands; keys are detectors' keys. */
    public static final String STATES = "calibration-states";

    private final MonitoredModel model;
    private final CalibrationPolicy policy;
    private final Function<byte[], OodThreshold> reader;
    private final Rescorer rescorer = new Rescorer();
    private final Map<DetectorKey, CalibrationWindow> windows = new HashMap<>();
    private KeyValueStore<String, CalibrationSample> samples;
    private KeyValueStore<String, CalibrationState> states;
    private PublishedThresholds published;

    /** @param reader reads a threshold as it stands on its topic */
    public ThresholdProcessor(MonitoredModel model, CalibrationPolicy policy, Function<byte[], OodThreshold> reader) {
        this.model = model;
        this.policy = policy;
        this.reader = reader;
    }

    @Override
    public void init(ProcessorContext<String, OodThreshold> context) {
        super.init(context);
        samples = context.getStateStore(SAMPLES);
        states = context.getStateStore(STATES);
        published = new PublishedThresholds(context.getStateStore(ThresholdStore.NAME), reader);
        windows.clear();
        List<DetectorKey> known = new ArrayList<>();
        try (KeyValueIterator<String, CalibrationState> all = states.all()) {
            all.forEachRemaining(state -> known.add(DetectorKey.parse(state.key)));
        }
        known.stream().filter(this::canScore).forEach(key -> windows.put(key, open(key)));
        context.schedule(policy.interval(), PunctuationType.WALL_CLOCK_TIME, this::publish);
    }

    @Override
    public void process(Record<String, CalibrationSample> record) {
        DetectorKey key = DetectorKey.parse(record.key());
        if (canScore(key)) {
            windows.computeIfAbsent(key, this::open).add(record.value());
        }
    }

    /**
     * A window whose mask moves takes the bundle to be scored again. While instances of two bundles run side by side,
     * one leaves the images of the other's model out, if it comes by them.
     */
    private boolean canScore(DetectorKey key) {
        return !key.hasMovingMask() || key.equals(model.key());
    }

    private CalibrationWindow open(DetectorKey key) {
        Optional<Function<CalibrationState, WindowMask>> mask = model.mask().filter(masks -> key.hasMovingMask())
                .map(masks -> state -> new WindowMask(masks, rescorer, state));
        CalibrationWindow window = new CalibrationWindow(key, policy.windowSize(), samples, states, mask);
        published.inForce(key).ifPresent(window::catchUp);
        return window;
    }

    private void publish(long now) {
        windows.forEach((key, window) -> {
            if (window.size() >= policy.minimumSamples()) {
                published.inForce(key).ifPresent(window::catchUp);
                boolean moved = window.moveMask(policy.minimumSamples());
                if (moved || window.hasNews()) {
                    publish(key, window, now);
                }
            }
        });
    }

    private void publish(DetectorKey key, CalibrationWindow window, long now) {
        window.calibration(policy.targetFalseAlarmRate()).ifPresent(calibration -> {
            window.published(Math.max(window.version(), published.version(key)) + 1);
            context().forward(new Record<>(key.text(), threshold(key, window, calibration, now), now));
        });
    }

    private static OodThreshold threshold(DetectorKey key, CalibrationWindow window, Calibration calibration,
                                          long now) {
        ConformalThreshold threshold = calibration.threshold();
        return new OodThreshold(key.model(), key.modelVersion(), key.detectorVersion(window.maskVersion()),
                window.version(), threshold.threshold(), threshold.rank(), threshold.targetFalseAlarmRate(),
                threshold.samples(), calibration.accuracy(), Instant.ofEpochMilli(now),
                Arrays.stream(calibration.quantiles().values()).boxed().toList(), window.featureMean());
    }

    @Override
    public void close() {
        rescorer.close();
    }
}
