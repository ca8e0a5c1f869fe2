package io.oodmonitor.history;

import io.oodmonitor.stream.prefetch.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How many records became dead letters, by reason; forgotten a hundredth of the time span at once. Thread-safe. */
public final class DeadLetterCounts {

    /** What somebody else wrote on the topic. */
    static final String OTHER = "OTHER";

    private static final int SLICES = 100;
    private static final Map<String, Reason> REASONS =
            Arrays.stream(Reason.values()).collect(Collectors.toMap(Reason::name, Function.identity()));

    private final Clock clock;
    private final long span;
    private final long slice;
    /** By slice; in it by the reason's ordinal, others last. */
    private final NavigableMap<Long, long[]> slices = new TreeMap<>();

    public DeadLetterCounts(Clock clock, Duration span) {
        this.clock = clock;
        this.span = span.toMillis();
        this.slice = Math.max(1, this.span / SLICES);
    }

    /**
     * Counts one.
     *
     * @param reason the code in its header
     * @param time   of the record, milliseconds since the epoch
     */
    public synchronized void add(String reason, long time) {
        // A record's timestamp is its sender's: what lies ahead counts as now, or it would never be forgotten.
        long at = Math.min(time, clock.millis());
        long[] counts = slices.computeIfAbsent(at / slice, number -> new long[Reason.values().length + 1]);
        Reason known = REASONS.get(reason);
        counts[known == null ? Reason.values().length : known.ordinal()]++;
        forget();
    }

    private void forget() {
        slices.headMap((clock.millis() - span) / slice, false).clear();
    }

    /** Counts that are not zero, by reason. */
    public synchronized Map<String, Long> byReason() {
        forget();
        Map<String, Long> byReason = new TreeMap<>();
        for (long[] counts : slices.values()) {
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    String name = i < Reason.values().length ? Reason.values()[i].name() : OTHER;
                    byReason.merge(name, counts[i], Long::sum);
                }
            }
        }
        return byReason;
    }
}
