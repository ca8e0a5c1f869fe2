package io.oodmonitor.stream.processor;

import io.oodmonitor.calibration.ConformalRank;
import io.oodmonitor.calibration.RateTest;
import io.oodmonitor.calibration.WilsonInterval;
import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.stream.state.WindowCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a final window amounts to.
 *
 * @param alert empty unless the window raises or clears the source's alert
 */
public record SourceReport(OodRate rate, Optional<OodRateAlert> alert) {

    /** @param raised whether the source's alert is raised before this window */
    static SourceReport of(String source, String model, WindowCounts counts, Duration window, RateTest test,
                           boolean raised) {
        List<ConformalRank> ranks = counts.getThresholds().stream()
                .map(threshold -> new ConformalRank(threshold.getRank(), threshold.getSamples())).toList();
        RateTest.Decision decision = test.decide(raised, counts.getImages(), counts.getOod(), ranks);
        Instant start = Instant.ofEpochMilli(counts.getStart());
        Instant end = start.plus(window);
        double rate = counts.getImages() == 0 ? 0 : (double) counts.getOod() / counts.getImages();
        WilsonInterval interval = WilsonInterval.of(counts.getOod(), counts.getImages(), 0.95);
        return new SourceReport(
                new OodRate(source, model, start, end, counts.getImages(), counts.getOod(), rate, interval.lower(),
                        interval.upper(), decision.expectedRate(), counts.getUncalibrated(), counts.getLate()),
                state(decision.change()).map(state -> new OodRateAlert(source, model, state, start, end,
                        counts.getImages(), counts.getOod(), rate, decision.expectedRate(), decision.pValue(),
                        counts.getSampleIds())));
    }

    private static Optional<AlertState> state(RateTest.Change change) {
        return switch (change) {
            case NONE -> Optional.empty();
            case RAISE -> Optional.of(AlertState.RAISED);
            case CLEAR -> Optional.of(AlertState.CLEARED);
        };
    }
}
