package io.oodmonitor.faults;

import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The thresholds that were published, and the verdicts by them. Not thread-safe. */
final class Thresholds {

    private record Key(String model, String version, String detector) {}

    private final Map<Key, Map<Long, Double>> published = new HashMap<>();
    private final Map<Key, Long> latest = new HashMap<>();
    private final Map<Integer, Map<Key, Long>> judgedBy = new HashMap<>();
    private final Set<String> modelVersions = new TreeSet<>();
    private long count;
    private long back;
    private long foreign;
    private long misnamed;
    private long earlier;

    /** A published threshold, in order. */
    void published(OodThreshold threshold) {
        Key key = new Key(threshold.getModel(), threshold.getModelVersion(), threshold.getDetectorVersion());
        count++;
        Long before = latest.put(key, threshold.getVersion());
        if (before != null && before >= threshold.getVersion()) {
            back++;
        }
        // Of so small a window they are all of its scores.
        if (!threshold.getQuantiles().stream().allMatch(s -> Bundles.isScoreOf(threshold.getModelVersion(), s))) {
            foreign++;
        }
        published.computeIfAbsent(key, k -> new HashMap<>()).put(threshold.getVersion(), threshold.getThreshold());
    }

    /** A verdict, in the order of its partition, once all thresholds are known. */
    void judged(OodScore score, int partition) {
        modelVersions.add(score.getModelVersion());
        if (!Bundles.isScoreOf(score.getModelVersion(), score.getScore())) {
            misnamed++;
        }
        if (score.getThresholdVersion() < 1) {
            // Fitted with the bundle: it is in no topic.
            return;
        }
        Key key = new Key(score.getModel(), score.getModelVersion(), score.getDetectorVersion());
        Double threshold = published.getOrDefault(key, Map.of()).get(score.getThresholdVersion());
        if (!score.getThreshold().equals(threshold)) {
            foreign++;
        }
        Long before = judgedBy.computeIfAbsent(partition, p -> new HashMap<>()).put(key, score.getThresholdVersion());
        if (before != null && before > score.getThresholdVersion()) {
            earlier++;
        }
    }

    /** Of the verdicts. */
    Set<String> modelVersions() {
        return modelVersions;
    }

    long count() {
        return count;
    }

    /** Published with a version that is not beyond the one before. */
    long back() {
        return back;
    }

    /** Thresholds of another version's scores, and verdicts by thresholds that were never published for their key. */
    long foreign() {
        return foreign;
    }

    /** Verdicts with a score that the version they name cannot have given. */
    long misnamed() {
        return misnamed;
    }

    /** Verdicts by an earlier threshold than one before them in their partition. */
    long earlier() {
        return earlier;
    }
}
