package io.oodmonitor.history;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** How this instance did, in steps of a second, or longer ones where it goes back further than a day. Thread-safe. */
public final class PerformanceHistory {

    /** Some 8 MB. */
    static final int MOST_SAMPLES = 86_400;

    private final long span;
    private final long step;
    private final Deque<PerformanceSample> samples = new ArrayDeque<>();

    public PerformanceHistory(Duration span) {
        this.span = span.toMillis();
        this.step = Math.max(1_000, (this.span + MOST_SAMPLES - 1) / MOST_SAMPLES);
    }

    /** Adds what came after all others. */
    public synchronized void add(PerformanceSample sample) {
        PerformanceSample last = samples.peekLast();
        if (last != null && last.millis() + sample.millis() <= step && last.start() / step == sample.start() / step) {
            samples.removeLast();
            samples.add(last.with(sample));
        } else {
            samples.add(sample);
        }
        while (samples.size() > MOST_SAMPLES || samples.getFirst().start() < sample.start() - span) {
            samples.removeFirst();
        }
    }

    /**
     * Samples of a time.
     *
     * @param stepMillis length of each
     */
    public record Series(long stepMillis, List<PerformanceSample> samples) {}

    /** Samples that begin in [from, to), merged until there are at most so many. */
    public synchronized Series series(long from, long to, int points) {
        List<PerformanceSample> chosen = samples.stream()
                .filter(sample -> sample.start() >= from && sample.start() < to).toList();
        if (chosen.size() <= points) {
            return new Series(step, chosen);
        }
        long length = chosen.get(chosen.size() - 1).start() - chosen.get(0).start();
        long grid = step * (length / Math.max(1, points - 1) / step + 1);
        List<PerformanceSample> merged = new ArrayList<>();
        PerformanceSample open = chosen.get(0);
        for (PerformanceSample sample : chosen.subList(1, chosen.size())) {
            if (sample.start() / grid == open.start() / grid) {
                open = open.with(sample);
            } else {
                merged.add(open);
                open = sample;
            }
        }
        merged.add(open);
        return new Series(grid, merged);
    }
}
