package io.oodmonitor.history;

import io.oodmonitor.calibration.WilsonInterval;

/**
 * Rates over time. Stretches without an image are not there.
 *
 * @param stepMillis length of each point
 * @param starts     ascending; multiples of the step where windows were merged
 * @param images     judged from then on, for a step
 * @param ood        of those, how many were out of distribution
 */
public record RateSeries(long stepMillis, long[] starts, long[] images, long[] ood) {

    private static final double CONFIDENCE = 0.95;

    public int size() {
        return starts.length;
    }

    /** 0 to 1; 0 if no image was judged. */
    public double rate(int index) {
        return images[index] == 0 ? 0 : (double) ood[index] / images[index];
    }

    /** At 95%. */
    public WilsonInterval interval(int index) {
        return WilsonInterval.of(ood[index], images[index], CONFIDENCE);
    }

    /** Windows that begin in [from, to), merged until there are at most so many points. */
    static RateSeries of(RateColumns windows, long from, long to, int points) {
        int first = windows.before(from);
        int end = Math.max(first, windows.before(to));
        long length = windows.longest();
        if (end - first <= points) {
            return merged(windows, first, end, length, 1);
        }
        long span = windows.start(end - 1) - windows.start(first) + 1;
        // One more than needed, as the first step may begin before the first window does.
        long step = length * Math.max(1, (span / Math.max(1, points - 1) + length) / length);
        return merged(windows, first, end, step, step);
    }

    /** @param grid starts become multiples of it */
    private static RateSeries merged(RateColumns windows, int first, int end, long step, long grid) {
        int count = 0;
        long last = Long.MIN_VALUE;
        for (int i = first; i < end; i++) {
            long start = Math.floorDiv(windows.start(i), grid) * grid;
            count += start != last ? 1 : 0;
            last = start;
        }
        RateSeries series = new RateSeries(step, new long[count], new long[count], new long[count]);
        int at = -1;
        for (int i = first; i < end; i++) {
            long start = Math.floorDiv(windows.start(i), grid) * grid;
            if (at < 0 || series.starts[at] != start) {
                series.starts[++at] = start;
            }
            series.images[at] += windows.images(i);
            series.ood[at] += windows.ood(i);
        }
        return series;
    }
}
