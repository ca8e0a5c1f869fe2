package io.oodmonitor.history;

import io.oodmonitor.event.OodRateAlert;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long a source's images were out of distribution: from the window that raised the alert to the one that cleared
 * it. The figures are those of the window that raised it.
 *
 * @param from that window's first millisecond since the epoch
 * @param to   the first millisecond of the window that cleared it; empty while it is raised
 */
public record AlertSpan(String source, long from, OptionalLong to, long images, long ood, double rate,
                        double expectedRate, double pValue, List<String> sampleIds) {

    static AlertSpan raised(OodRateAlert alert) {
        return new AlertSpan(alert.getSource(), alert.getWindowStart().toEpochMilli(), OptionalLong.empty(),
                alert.getImages(), alert.getOod(), alert.getRate(), alert.getExpectedRate(), alert.getPValue(),
                List.copyOf(alert.getSampleIds()));
    }

    public boolean isRaised() {
        return to.isEmpty();
    }

    AlertSpan cleared(long at) {
        return new AlertSpan(source, from, OptionalLong.of(Math.max(from, at)), images, ood, rate, expectedRate, pValue,
                sampleIds);
    }

    /** Whether some of it lies in [start, end). */
    boolean overlaps(long start, long end) {
        return from < end && (to.isEmpty() || to.getAsLong() > start);
    }

    /** Characters, which senders decide on. */
    long weight() {
        return source.length() + sampleIds.stream().mapToLong(String::length).sum();
    }
}
