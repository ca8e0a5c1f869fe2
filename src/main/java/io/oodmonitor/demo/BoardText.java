package io.oodmonitor.demo;

import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.OodRateAlert;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The words that the boards share. */
final class BoardText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String LEVELS = "▁▂▃▄▅▆▇█";

    private BoardText() {}

    static String alert(OodRateAlert alert, Style style) {
        String state = alert.getState() == AlertState.RAISED ? style.red("RAISED ") : style.green("CLEARED");
        return String.format(Locale.ROOT, "%s  %-8s  %s  %d of %d images out of distribution, %s expected (p %s)",
                TIME.format(LocalTime.ofInstant(alert.getWindowEnd(), ZoneId.systemDefault())), alert.getSource(), state,
                alert.getOod(), alert.getImages(), Numbers.percent(alert.getExpectedRate()),
                Numbers.probability(alert.getPValue()));
    }

    static String addresses(Snapshot snapshot) {
        return "Dashboard " + snapshot.dashboard() + ", Kafka " + snapshot.bootstrapServers() + ", registry "
                + snapshot.registryUrl();
    }

    static String figures(Snapshot snapshot) {
        Ledger.Totals totals = snapshot.totals();
        return String.format(Locale.ROOT, "%s sent, %s verdicts, %s, latency p50 %.0f ms, p99 %.0f ms, %s",
                Numbers.count(totals.sent()), Numbers.count(totals.verdicts()),
                Numbers.perSecond(snapshot.imagesPerSecond()), totals.latency().p50(), totals.latency().p99(),
                Numbers.count(totals.deadLetters(), "dead letter"));
    }

    /** Rates as bars: one character a window. */
    static String sparkline(List<OodRate> rates) {
        StringBuilder line = new StringBuilder();
        for (OodRate rate : rates) {
            line.append(LEVELS.charAt((int) Math.min(LEVELS.length() - 1, rate.getRate() * LEVELS.length())));
        }
        return line.toString();
    }
}
