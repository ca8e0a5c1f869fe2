package io.oodmonitor.history;

import java.time.Clock;
import java.time.Duration;

/** What the output topics said. Thread-safe. */
public record History(RateHistory rates, AlertHistory alerts, ThresholdHistory thresholds, FlaggedImages images,
                      DeadLetterCounts deadLetters) {

    /**
     * An empty one.
     *
     * @param span how far back it goes
     */
    public static History of(Clock clock, Duration span) {
        return new History(new RateHistory(clock, span), new AlertHistory(clock, span), new ThresholdHistory(),
                new FlaggedImages(clock, span), new DeadLetterCounts(clock, span));
    }
}
