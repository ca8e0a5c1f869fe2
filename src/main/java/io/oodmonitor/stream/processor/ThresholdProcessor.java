package io.oodmonitor.stream.processor;

import io.oodmonitor.calibration.Calibration;
import io.oodmonitor.calibration.CalibrationScore;
import io.oodmonitor.calibration.ConformalThreshold;
import io.oodmonitor.calibration.ScoreWindow;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.stream.state.CalibrationSample;
import io.oodmonitor.stream.state.CalibrationState;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the last so many calibration scores of each detector, and publishes a new threshold while they change.
 *
 * <p>INVARIANT: a threshold's version is larger than that of every earlier threshold of the same key, also after the
 * loss of this task's own state: the published thresholds are looked at too.
 */
public final class ThresholdProcessor extends ContextualProcessor<String, CalibrationSample, String, OodThreshold> {

    /** Store of the windows' samples; keys are the detector's key and the sample's number. */
    public static final String SAMPLES = "calibration-samples";
    /** Store of where each window stands; keys are detectors' keys. */
    public static final String STATES = "calibration-states";

    private final CalibrationPolicy policy;
    private final Function<byte[], OodThreshold> reader;
    private final Map<String, ScoreWindow> windows = new HashMap<>();
    private KeyValueStore<String, CalibrationSample> samples;
    private KeyValueStore<String, CalibrationState> states;
    private KeyValueStore<String, byte[]> published;

    /** @param reader reads a threshold as it stands on its topic */
    public ThresholdProcessor(CalibrationPolicy policy, Function<byte[], OodThreshold> reader) {
        this.policy = policy;
        this.reader = reader;
    }

    @Override
    public void init(ProcessorContext<String, OodThreshold> context) {
        super.init(context);
        samples = context.getStateStore(SAMPLES);
        states = context.getStateStore(STATES);
        published = context.getStateStore(ThresholdStore.NAME);
        windows.clear();
        try (KeyValueIterator<String, CalibrationState> all = states.all()) {
            all.forEachRemaining(state -> windows.put(state.key, restored(state.key, state.value)));
        }
        context.schedule(policy.interval(), PunctuationType.WALL_CLOCK_TIME, this::publish);
    }

    @Override
    public void process(Record<String, CalibrationSample> record) {
        String key = record.key();
        ScoreWindow window = windows.computeIfAbsent(key, k -> new ScoreWindow(policy.windowSize()));
        long first = window.firstSequence();
        long sequence = window.add(score(record.value()));
        samples.put(sampleKey(key, sequence), record.value());
        for (long dropped = first; dropped < window.firstSequence(); dropped++) {
            samples.delete(sampleKey(key, dropped));
        }
        CalibrationState state = state(key);
        states.put(key, new CalibrationState(sequence + 1, state.getPublished(), state.getVersion()));
    }

    private ScoreWindow restored(String key, CalibrationState state) {
        ScoreWindow window = new ScoreWindow(policy.windowSize());
        for (long i = Math.max(0, state.getSamples() - policy.windowSize()); i < state.getSamples(); i++) {
            CalibrationSample sample = samples.get(sampleKey(key, i));
            // The oldest are missing if the window was made larger since.
            if (sample != null) {
                window.restore(i, score(sample));
            }
        }
        return window;
    }

    private void publish(long now) {
        for (String key : List.copyOf(windows.keySet())) {
            CalibrationState state = state(key);
            ScoreWindow window = windows.get(key);
            if (state.getSamples() > state.getPublished() && window.size() >= policy.minimumSamples()) {
                publish(key, state, window, now);
            }
        }
    }

    private void publish(String key, CalibrationState state, ScoreWindow window, long now) {
        window.calibration(policy.targetFalseAlarmRate()).ifPresent(calibration -> {
            long version = Math.max(state.getVersion(), publishedVersion(key)) + 1;
            states.put(key, new CalibrationState(state.getSamples(), state.getSamples(), version));
            context().forward(new Record<>(key, threshold(DetectorKey.parse(key), version, calibration, now), now));
        });
    }

    private static OodThreshold threshold(DetectorKey key, long version, Calibration calibration, long now) {
        ConformalThreshold threshold = calibration.threshold();
        return new OodThreshold(key.model(), key.modelVersion(), key.detectorVersion(), version, threshold.threshold(),
                threshold.rank(), threshold.targetFalseAlarmRate(), threshold.samples(), calibration.accuracy(),
                Instant.ofEpochMilli(now), Arrays.stream(calibration.quantiles().values()).boxed().toList());
    }

    private CalibrationState state(String key) {
        CalibrationState state = states.get(key);
        return state == null ? new CalibrationState(0L, 0L, 0L) : state;
    }

    private long publishedVersion(String key) {
        byte[] threshold = published.get(key);
        return threshold == null ? 0 : reader.apply(threshold).getVersion();
    }

    private static String sampleKey(String key, long sample) {
        return key + "/" + sample;
    }

    private static CalibrationScore score(CalibrationSample sample) {
        return new CalibrationScore(sample.getScore(), sample.getCorrect());
    }
}
