package io.oodmonitor.stream.processor;

import io.oodmonitor.calibration.Calibration;
import io.oodmonitor.calibration.CalibrationScore;
import io.oodmonitor.calibration.ScoreWindow;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.stream.state.CalibrationSample;
import io.oodmonitor.stream.state.CalibrationState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The last so many calibration images of one detector: their scores in memory, all by one mask; in the stores what it
 * takes to make them again, by this mask or another. Not thread-safe.
 */
final class CalibrationWindow {

    private static final CalibrationState EMPTY = new CalibrationState(0L, 0L, 0L, 0, null, 0L);

    private final String key;
    private final int capacity;
    private final KeyValueStore<String, CalibrationSample> samples;
    private final KeyValueStore<String, CalibrationState> states;
    private final Optional<WindowMask> mask;
    private CalibrationState state;
    private ScoreWindow scores;

    /**
     * As the stores hold it; empty if they do not.
     *
     * @param mask makes the mask of where the window stands; empty where it is fixed
     */
    CalibrationWindow(DetectorKey key, int capacity, KeyValueStore<String, CalibrationSample> samples,
                      KeyValueStore<String, CalibrationState> states,
                      Optional<Function<CalibrationState, WindowMask>> mask) {
        this.key = key.text();
        this.capacity = capacity;
        this.samples = samples;
        this.states = states;
        CalibrationState stored = states.get(this.key);
        this.state = stored == null ? EMPTY : stored;
        this.mask = mask.map(maker -> maker.apply(state));
        load();
    }

    private void load() {
        scores = new ScoreWindow(capacity);
        List<CalibrationSample> kept = kept();
        float[] values = scores(kept);
        long first = state.getSamples() - kept.size();
        for (int i = 0; i < values.length; i++) {
            scores.restore(first + i, new CalibrationScore(values[i], kept.get(i).getCorrect()));
        }
    }

    private List<CalibrationSample> kept() {
        List<CalibrationSample> kept = new ArrayList<>();
        for (long i = Math.max(0, state.getSamples() - capacity); i < state.getSamples(); i++) {
            CalibrationSample sample = samples.get(sampleKey(i));
            // The oldest are missing if the window was made larger since.
            if (sample != null) {
                kept.add(sample);
            }
        }
        return kept;
    }

    private float[] scores(List<CalibrationSample> of) {
        if (mask.isPresent()) {
            return mask.get().scores(of);
        }
        float[] own = new float[of.size()];
        for (int i = 0; i < own.length; i++) {
            own[i] = of.get(i).getScore();
        }
        return own;
    }

    void add(CalibrationSample sample) {
        long first = scores.firstSequence();
        long sequence = scores.add(new CalibrationScore(scores(List.of(sample))[0], sample.getCorrect()));
        samples.put(sampleKey(sequence), sample);
        for (long dropped = first; dropped < scores.firstSequence(); dropped++) {
            samples.delete(sampleKey(dropped));
        }
        save(sequence + 1, state.getPublished(), state.getVersion(), state.getMaskSamples());
    }

    /** Scores the window with the mask of a published threshold, if that is a later one; the next change stores it. */
    void catchUp(OodThreshold published) {
        if (mask.isPresent() && mask.get().catchUp(published)) {
            load();
        }
    }

    /**
     * Makes a new mask of the window's features and scores the window with it, if so many images have come since one
     * was last looked for; says whether the mask is another one now.
     */
    boolean moveMask(int newSamples) {
        if (mask.isEmpty() || state.getSamples() - state.getMaskSamples() < newSamples) {
            return false;
        }
        boolean moved = mask.get().move(kept());
        if (moved) {
            load();
        }
        save(state.getSamples(), state.getPublished(), state.getVersion(), state.getSamples());
        return moved;
    }

    /** The latest threshold knew of all samples, and had this version. */
    void published(long version) {
        save(state.getSamples(), state.getSamples(), version, state.getMaskSamples());
    }

    private void save(long count, long published, long version, long maskSamples) {
        state = new CalibrationState(count, published, version, maskVersion(), featureMean(), maskSamples);
        states.put(key, state);
    }

    int size() {
        return scores.size();
    }

    /** Whether samples have come that the latest threshold did not know of. */
    boolean hasNews() {
        return state.getSamples() > state.getPublished();
    }

    /** Of the latest threshold, 0 if there was none. */
    long version() {
        return state.getVersion();
    }

    int maskVersion() {
        return mask.map(WindowMask::version).orElse(state.getMaskVersion());
    }

    /** What the mask was made of; null for the fitted one. */
    List<Double> featureMean() {
        return mask.map(WindowMask::featureMean).orElse(null);
    }

    Optional<Calibration> calibration(double targetFalseAlarmRate) {
        return scores.calibration(targetFalseAlarmRate);
    }

    private String sampleKey(long sample) {
        return key + "/" + sample;
    }
}
