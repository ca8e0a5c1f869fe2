package io.oodmonitor.faults;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the audit counted.
 *
 * @param imagesSent          acknowledged on the images topic
 * @param calibrationSent     acknowledged on the calibration topic
 * @param unacknowledged      sent, and perhaps there: they may come out, once
 * @param verdicts            records on the topic of the verdicts
 * @param deadLetters         records on the topic of the dead letters
 * @param lost                acknowledged, and neither verdict nor dead letter
 * @param doubled             verdicts and dead letters beyond the first of a record
 * @param outOfOrder          that came out behind a later one of their partition, or in another partition
 * @param wrong               sound images as dead letters, damaged ones with a verdict, and what was never sent
 * @param thresholds          records on the topic of the thresholds
 * @param thresholdsBack      of those, with a version that is not beyond the one before of the same key
 * @param foreignThresholds   thresholds of another version's scores, and verdicts by a threshold that was never
 *                            published for their model, version and detector
 * @param misnamed            verdicts with a score that the version they name cannot have given
 * @param uncounted           verdicts that no window's rate counts, or that more than one does
 * @param alertsOutOfTurn     alerts raised twice, or cleared without having been raised
 * @param modelVersions       of the verdicts
 * @param verdictsByAnEarlier verdicts by an earlier threshold than one before them in their partition: of an instance
 *                            that took the partition over and had not yet read the latest; no failure
 * @param examples            some of what is wrong
 */
record Findings(long imagesSent, long calibrationSent, long unacknowledged, long verdicts, long deadLetters, long lost,
                long doubled, long outOfOrder, long wrong, long thresholds, long thresholdsBack, long foreignThresholds,
                long misnamed, long uncounted, long alertsOutOfTurn, List<String> modelVersions,
                long verdictsByAnEarlier, List<String> examples) {

    /** Whether all that must be zero is. */
    @JsonProperty
    boolean clean() {
        return lost + doubled + outOfOrder + wrong + thresholdsBack + foreignThresholds + misnamed
                + Math.abs(uncounted) + alertsOutOfTurn == 0;
    }
}
