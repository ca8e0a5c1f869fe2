package io.oodmonitor.history;

import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.OodRateAlert;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The alerts of every source, as spans. Of too many the oldest are forgotten. Thread-safe. */
public final class AlertHistory {

    static final int MOST_SPANS = 10_000;
    static final long MOST_CHARACTERS = 4 << 20;

    private static final Comparator<AlertSpan> OLDEST_FIRST =
            Comparator.comparingLong(AlertSpan::from).thenComparing(AlertSpan::source);

    private final Clock clock;
    private final long span;
    private final TreeSet<AlertSpan> spans = new TreeSet<>(OLDEST_FIRST);
    private final Map<String, AlertSpan> raised = new HashMap<>();
    private long characters;

    public AlertHistory(Clock clock, Duration span) {
        this.clock = clock;
        this.span = span.toMillis();
    }

    /**
     * Takes in a record of ood-rate-alerts.
     *
     * @return the span that it began or ended; empty if that was known, or when it began was not
     */
    public synchronized Optional<AlertSpan> add(OodRateAlert alert) {
        AlertSpan open = raised.get(alert.getSource());
        if (alert.getState() == AlertState.RAISED) {
            AlertSpan begun = AlertSpan.raised(alert);
            if (open != null || spans.contains(begun)) {
                return Optional.empty();
            }
            raised.put(begun.source(), begun);
            spans.add(begun);
            characters += begun.weight();
            forget();
            return Optional.of(begun);
        }
        if (open == null) {
            return Optional.empty();
        }
        AlertSpan ended = open.cleared(alert.getWindowStart().toEpochMilli());
        raised.remove(ended.source());
        spans.remove(open);
        spans.add(ended);
        return Optional.of(ended);
    }

    private void forget() {
        while (spans.size() > MOST_SPANS || characters > MOST_CHARACTERS) {
            AlertSpan oldest = spans.pollFirst();
            characters -= oldest.weight();
            raised.remove(oldest.source(), oldest);
        }
        long oldest = clock.millis() - span;
        spans.removeIf(each -> {
            boolean past = !each.isRaised() && each.to().getAsLong() < oldest;
            characters -= past ? each.weight() : 0;
            return past;
        });
    }

    /**
     * Spans of which some lies in [from, to), newest first.
     *
     * @param source empty for all
     * @param limit  at most so many
     */
    public synchronized List<AlertSpan> spans(Optional<String> source, long from, long to, int limit) {
        forget();
        return spans.descendingSet().stream()
                .filter(each -> source.isEmpty() || source.get().equals(each.source()))
                .filter(each -> each.overlaps(from, to)).limit(limit).toList();
    }

    /** Sources whose alert is raised. */
    public synchronized Set<String> raised() {
        return Set.copyOf(raised.keySet());
    }
}
