package io.oodmonitor.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.calibration.ConformalRank;
import io.oodmonitor.calibration.PredictiveInterval;
import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.cli.text.Table;
import io.oodmonitor.event.OodThreshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of every image, in words and as JSON.
 *
 * @param threshold    that judged the stream
 * @param streamed     how long images were sent
 * @param firstVerdict how long it took from the start of the program to the first verdict
 */
record Summary(Ledger.Totals totals, OodThreshold threshold, Duration streamed, Duration firstVerdict) {

    private static final double COVERAGE = 0.99;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many in-distribution images may be flagged, at 99%: the exact law, the calibration's luck included. */
    PredictiveInterval interval() {
        return new ConformalRank(threshold.getRank(), threshold.getSamples()).flagged(totals.idImages())
                .interval(COVERAGE);
    }

    private double imagesPerSecond() {
        return totals.verdicts() * 1e3 / Math.max(1, streamed.toMillis());
    }

    List<String> lines(Style style) {
        PredictiveInterval interval = interval();
        boolean kept = interval.contains(totals.idFlagged());
        boolean exact = totals.lost() == 0 && totals.duplicated() == 0;
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(style.bold("Summary of " + Numbers.duration(streamed)));
        lines.add(String.format(Locale.ROOT, "  Images        %s sent = %s verdicts + %s; %s lost, %s doubled %s",
                Numbers.count(totals.sent()), Numbers.count(totals.verdicts()),
                Numbers.count(totals.deadLetters(), "dead letter"), Numbers.count(totals.lost()),
                Numbers.count(totals.duplicated()), mark(exact, style)));
        lines.add(String.format(Locale.ROOT,
                "  False alarms  %s of %s parts flagged, %s; the target is %s, chance allows %d to %d %s",
                Numbers.count(totals.idFlagged()), Numbers.count(totals.idImages()),
                share(totals.idFlagged(), totals.idImages()), Numbers.percent(threshold.getTargetFalseAlarmRate()),
                interval.low(), interval.high(), mark(kept, style)));
        lines.add(String.format(Locale.ROOT, "  Detections    %s of %s others flagged, %s",
                Numbers.count(totals.oodFlagged()), Numbers.count(totals.oodImages()),
                share(totals.oodFlagged(), totals.oodImages())));
        lines.add(String.format(Locale.ROOT, "  Alerts        %d raised, %d cleared", totals.alertsRaised(),
                totals.alertsCleared()));
        lines.add(String.format(Locale.ROOT, "  Latency       captured to committed verdict p50 %.0f ms, p95 %.0f ms, "
                + "p99 %.0f ms", totals.latency().p50(), totals.latency().p95(), totals.latency().p99()));
        lines.add("  Speed         " + Numbers.perSecond(imagesPerSecond()) + "; first verdict "
                + Numbers.duration(firstVerdict) + " after the start");
        if (!totals.episodes().isEmpty()) {
            lines.add("");
            Table table = new Table(Column.text("CAMERA", 8), Column.text("EPISODE", 15), Column.number("IMAGES", 6),
                    Column.number("FLAGGED", 7), Column.text("ALERT", 18));
            totals.episodes().forEach(e -> table.row(e.episode().source(), e.episode().kind().label(),
                    Numbers.count(e.images()), share(e.flagged(), e.images()), alert(e, style)));
            table.lines(style).forEach(line -> lines.add("  " + line));
        }
        return lines;
    }

    private static String alert(Ledger.EpisodeAccount episode, Style style) {
        if (!episode.isRaised()) {
            return style.red("not raised");
        }
        return episode.isCleared() ? "raised and cleared" : style.yellow("raised");
    }

    private static String mark(boolean good, Style style) {
        return good ? style.green("(ok)") : style.red("(NOT OK)");
    }

    private static String share(long part, long whole) {
        return whole == 0 ? "-" : Numbers.percent((double) part / whole);
    }

    JsonNode json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("sent", totals.sent()).put("verdicts", totals.verdicts()).put("deadLetters", totals.deadLetters())
                .put("lost", totals.lost()).put("duplicated", totals.duplicated())
                .put("idImages", totals.idImages()).put("idFlagged", totals.idFlagged())
                .put("oodImages", totals.oodImages()).put("oodFlagged", totals.oodFlagged())
                .put("alertsRaised", totals.alertsRaised()).put("alertsCleared", totals.alertsCleared())
                .put("targetFalseAlarmRate", threshold.getTargetFalseAlarmRate())
                .put("imagesPerSecond", rounded(imagesPerSecond()));
        json.putObject("latencyMs").put("p50", rounded(totals.latency().p50()))
                .put("p95", rounded(totals.latency().p95())).put("p99", rounded(totals.latency().p99()));
        json.put("firstVerdictSeconds", rounded(firstVerdict.toMillis() / 1e3));
        json.putObject("idFlaggedInterval99").put("low", interval().low()).put("high", interval().high());
        ArrayNode episodes = json.putArray("episodes");
        totals.episodes().forEach(e -> episodes.addObject().put("source", e.episode().source())
                .put("kind", e.episode().kind().label()).put("images", e.images()).put("flagged", e.flagged())
                .put("raised", e.isRaised()).put("cleared", e.isCleared()));
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
