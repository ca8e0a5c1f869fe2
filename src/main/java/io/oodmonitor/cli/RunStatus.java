package io.oodmonitor.cli;

import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.scoring.EngineStatistics;
import io.oodmonitor.stream.TopicNames;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What a running monitor did since it was last asked, as a line. Not thread-safe. */
final class RunStatus {

    private final TopicNames topics;
    private final LongSupplier clock;
    private long time;
    private Counts last = new Counts(0, 0, 0, 0, 0);

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    RunStatus(TopicNames topics, LongSupplier clock) {
        this.topics = topics;
        this.clock = clock;
        this.time = clock.getAsLong();
    }

    /** Since the start. */
    private record Counts(long scored, long verdicts, long flagged, long alerts, long deadLetters) {

        /** What came on top; a count that began anew says little, but never less than nothing. */
        Counts since(Counts earlier) {
            return new Counts(Math.max(0, scored - earlier.scored), Math.max(0, verdicts - earlier.verdicts),
                    Math.max(0, flagged - earlier.flagged), Math.max(0, alerts - earlier.alerts),
                    Math.max(0, deadLetters - earlier.deadLetters));
        }

        boolean isNothing() {
            return scored + verdicts + flagged + alerts + deadLetters == 0;
        }
    }

    /**
     * The line; empty if nothing happened.
     *
     * @param produced records since the start, by output topic
     */
    Optional<String> line(EngineStatistics engine, Map<String, Long> produced) {
        Counts now = new Counts(engine.images(), produced.getOrDefault(topics.scores(), 0L),
                produced.getOrDefault(topics.alerts(), 0L), produced.getOrDefault(topics.rateAlerts(), 0L),
                produced.getOrDefault(topics.deadLetters(), 0L));
        long nanos = clock.getAsLong();
        Counts passed = now.since(last);
        double seconds = (nanos - time) / 1e9;
        last = now;
        time = nanos;
        return passed.isNothing() ? Optional.empty() : Optional.of(line(passed, seconds));
    }

    private static String line(Counts passed, double seconds) {
        String share = passed.verdicts == 0 ? ""
                : " (" + Numbers.percent((double) passed.flagged / passed.verdicts) + ")";
        return LocalTime.now().truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_TIME) + "  "
                + Numbers.perSecond(passed.scored / seconds) + " scored, " + Numbers.count(passed.verdicts, "verdict")
                + ", " + Numbers.count(passed.flagged) + " OOD" + share + ", "
                + Numbers.count(passed.alerts, "rate alert") + ", " + Numbers.count(passed.deadLetters, "dead letter");
    }
}
