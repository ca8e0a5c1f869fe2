package io.oodmonitor.history;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The final windows of every source. INVARIANT: the windows of all sources together are the sums of the sources' own,
 * as what is forgotten, oldest first, is forgotten of all sources. Thread-safe.
 */
public final class RateHistory {

    /** Windows of all sources: some 60 MB. */
    static final int MOST_WINDOWS = 2_000_000;

    private static final class Source {
        private final RateColumns windows = new RateColumns();
        private double expectedRate;
        private long lastEnd;
    }

    private final Clock clock;
    private final long span;
    private final int mostWindows;
    private final Map<String, Source> sources = new HashMap<>();
    private final RateColumns all = new RateColumns();
    private double expectedRate = Double.NaN;
    private int windows;
    /** Of the latest window that was forgotten; none that began before it comes back. */
    private long forgotten = Long.MIN_VALUE;

    public RateHistory(Clock clock, Duration span) {
        this(clock, span, MOST_WINDOWS);
    }

    RateHistory(Clock clock, Duration span, int mostWindows) {
        this.clock = clock;
        this.span = span.toMillis();
        this.mostWindows = mostWindows;
    }

    /** Adds a window; one that is there already, or too old, changes nothing. */
    public synchronized void add(RateWindow window) {
        if (window.start() < oldest() || window.start() <= forgotten) {
            return;
        }
        Source source = sources.computeIfAbsent(window.source(), name -> new Source());
        if (source.windows.has(window.start())) {
            return;
        }
        long length = window.end() - window.start();
        source.windows.add(window.start(), length, window.images(), window.ood());
        if (window.end() > source.lastEnd) {
            source.lastEnd = window.end();
            source.expectedRate = window.expectedRate();
        }
        expectedRate = window.expectedRate();
        all.add(window.start(), length, window.images(), window.ood());
        windows++;
        forget();
    }

    private long oldest() {
        return clock.millis() - span;
    }

    private void forget() {
        long oldest = oldest();
        while (all.size() > 0 && (all.start(0) < oldest || windows > mostWindows)) {
            long start = all.start(0);
            for (Iterator<Source> each = sources.values().iterator(); each.hasNext();) {
                RateColumns own = each.next().windows;
                if (own.size() > 0 && own.start(0) == start) {
                    own.removeOldest();
                    windows--;
                    if (own.size() == 0) {
                        each.remove();
                    }
                }
            }
            all.removeOldest();
            forgotten = start;
        }
    }

    /** How many windows are kept, of all sources. */
    public synchronized int windows() {
        return windows;
    }

    /**
     * The rates of a source; empty where nothing is known of it.
     *
     * @param from   milliseconds since the epoch
     * @param to     what begins then, or later, is left out
     * @param points at most so many, by merging windows
     */
    public synchronized RateSeries ofSource(String source, long from, long to, int points) {
        forget();
        Source known = sources.get(source);
        return RateSeries.of(known == null ? new RateColumns() : known.windows, from, to, points);
    }

    /** The rates of all sources together. */
    public synchronized RateSeries ofAll(long from, long to, int points) {
        forget();
        return RateSeries.of(all, from, to, points);
    }

    /** The rate that a source's last window was held against; empty where nothing is known of it. */
    public synchronized OptionalDouble expectedRate(String source) {
        Source known = sources.get(source);
        return known == null ? OptionalDouble.empty() : OptionalDouble.of(known.expectedRate);
    }

    /** The rate that the latest window of any source was held against; empty if there is none. */
    public synchronized OptionalDouble expectedRate() {
        return Double.isNaN(expectedRate) ? OptionalDouble.empty() : OptionalDouble.of(expectedRate);
    }

    /** All sources, in no order. */
    public synchronized List<SourceSummary> sources() {
        forget();
        return sources.entrySet().stream().map(entry -> {
            RateColumns own = entry.getValue().windows;
            long images = own.images(own.size() - 1);
            return new SourceSummary(entry.getKey(), own.images(), own.ood(),
                    images == 0 ? 0 : (double) own.ood(own.size() - 1) / images, entry.getValue().lastEnd);
        }).toList();
    }
}
