package io.oodmonitor.cli.view;

import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Printable;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.event.OodScore;
import java.util.List;
import java.util.Locale;

/** A verdict as a line. Stateless. */
public final class ScoreView {

    private static final String NONE = "-";

    private ScoreView() {}

    public static List<Column> columns() {
        return List.of(Column.text("TIME", 8), Column.text("SOURCE", 10), Column.text("ID", 20),
                Column.text("CLASS", 12), Column.number("CONF.", 6), Column.number("SCORE", 8),
                Column.number("THRESHOLD", 9), Column.number("P-VALUE", 7), Column.text("VERDICT", 7));
    }

    public static List<String> cells(OodScore score, Style style) {
        return List.of(Clock.time(score.getScoredAt()), Printable.of(score.getSource()), Printable.of(score.getId()),
                Printable.of(score.getPredictedLabel()), Numbers.percent(score.getConfidence()),
                number(score.getScore()), score.getThreshold() == null ? NONE : number(score.getThreshold()),
                score.getPValue() == null ? NONE : Numbers.probability(score.getPValue()), verdict(score, style));
    }

    private static String verdict(OodScore score, Style style) {
        return switch (score.getVerdict()) {
            case IN_DISTRIBUTION -> style.green("in");
            case OUT_OF_DISTRIBUTION -> style.red("OUT");
            case UNCALIBRATED -> style.yellow("uncalibrated");
        };
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
