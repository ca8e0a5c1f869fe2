package io.oodmonitor.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The scores of the last images, as far as they are of one detector and mask: another one's begin anew. Thread-safe,
 * without a lock: a score may be missing that is just being added.
 */
final class RecentScores {

    /** 95% of windows of so many scores are within 1.36 / 64 = 0.021 of the distribution that they are drawn from. */
    static final int CAPACITY = 4_096;

    private static final int SLOTS = CAPACITY - 1;

    /** Scores of one detector, in a ring. */
    private record Ring(String detectorVersion, float[] scores, String[] sources, AtomicLong added) {

        static Ring of(String detectorVersion) {
            float[] scores = new float[CAPACITY];
            Arrays.fill(scores, Float.NaN);
            return new Ring(detectorVersion, scores, new String[CAPACITY], new AtomicLong());
        }
    }

    private volatile Ring ring = Ring.of("");

    void add(String detectorVersion, String source, float score) {
        Ring now = ring;
        if (!now.detectorVersion().equals(detectorVersion)) {
            now = Ring.of(detectorVersion);
            ring = now;
        }
        int slot = (int) now.added().getAndIncrement() & SLOTS;
        now.scores()[slot] = score;
        now.sources()[slot] = source;
    }

    /** Of the detector that the last score was of; empty before the first one. */
    String detectorVersion() {
        return ring.detectorVersion();
    }

    /** Those of a detector, in no order; none if the last were another one's. */
    double[] of(String detectorVersion) {
        return of(detectorVersion, source -> true);
    }

    /** The same of one source; the latest one may be taken for another's. */
    double[] of(String detectorVersion, String source) {
        return of(detectorVersion, source::equals);
    }

    private double[] of(String detectorVersion, Predicate<String> source) {
        Ring now = ring;
        if (!now.detectorVersion().equals(detectorVersion)) {
            return new double[0];
        }
        return IntStream.range(0, CAPACITY).filter(i -> source.test(now.sources()[i]))
                .mapToDouble(i -> now.scores()[i]).filter(score -> !Double.isNaN(score)).toArray();
    }
}
