package io.oodmonitor.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The thresholds that were in force, as far as the compacted topic still had them, and all since. Of too many every
 * second one of the older half is forgotten, again and again: the far past gets coarse, and the latest are whole.
 * Thread-safe.
 */
public final class ThresholdHistory {

    static final int MOST = 2_000;

    private static final Comparator<ThresholdPoint> ORDER = Comparator.comparingLong(ThresholdPoint::updatedAt)
            .thenComparing(ThresholdPoint::modelVersion).thenComparing(ThresholdPoint::detectorVersion)
            .thenComparingLong(ThresholdPoint::version);

    private final List<ThresholdPoint> points = new ArrayList<>();

    /** Adds a threshold; false if it was there. */
    public synchronized boolean add(ThresholdPoint point) {
        int at = points.size();
        while (at > 0 && ORDER.compare(points.get(at - 1), point) > 0) {
            at--;
        }
        if (at > 0 && ORDER.compare(points.get(at - 1), point) == 0) {
            return false;
        }
        points.add(at, point);
        if (points.size() > MOST) {
            thin();
        }
        return true;
    }

    private void thin() {
        List<ThresholdPoint> kept = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            if (i >= points.size() / 2 || i % 2 == 0) {
                kept.add(points.get(i));
            }
        }
        points.clear();
        points.addAll(kept);
    }

    /** Those made in [from, to), oldest first. */
    public synchronized List<ThresholdPoint> points(long from, long to) {
        return points.stream().filter(point -> point.updatedAt() >= from && point.updatedAt() < to).toList();
    }
}
