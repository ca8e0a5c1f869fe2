package io.oodmonitor.history;

import io.oodmonitor.event.OodRate;

/**
 * A final window of a source, as on ood-rates.
 *
 * @param start its first millisecond since the epoch
 * @param end   the first one after it
 */
public record RateWindow(String source, long start, long end, long images, long ood, double rate, double lower,
                         double upper, double expectedRate) {

    static RateWindow of(OodRate rate) {
        return new RateWindow(rate.getSource(), rate.getWindowStart().toEpochMilli(),
                rate.getWindowEnd().toEpochMilli(), rate.getImages(), rate.getOod(), rate.getRate(), rate.getLower(),
                rate.getUpper(), rate.getExpectedRate());
    }
}
