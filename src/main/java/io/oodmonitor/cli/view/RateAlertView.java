package io.oodmonitor.cli.view;

import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Printable;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.OodRateAlert;
import java.util.List;
import java.util.stream.Collectors;

/** An alert raised or cleared as a line. Stateless. */
public final class RateAlertView {

    private static final int IDS = 3;

    private RateAlertView() {}

    public static List<Column> columns() {
        return List.of(Column.text("WINDOW", 17), Column.text("SOURCE", 10), Column.text("STATE", 7),
                Column.number("OOD", 5), Column.number("IMAGES", 7), Column.number("RATE", 6),
                Column.number("EXPECTED", 8), Column.number("P-VALUE", 8), Column.text("SUCH AS", 7));
    }

    public static List<String> cells(OodRateAlert alert, Style style) {
        String state = alert.getState().name();
        return List.of(Clock.time(alert.getWindowStart()) + "-" + Clock.time(alert.getWindowEnd()),
                Printable.of(alert.getSource()),
                alert.getState() == AlertState.RAISED ? style.red(state) : style.green(state),
                Numbers.count(alert.getOod()), Numbers.count(alert.getImages()), Numbers.percent(alert.getRate()),
                Numbers.percent(alert.getExpectedRate()), Numbers.probability(alert.getPValue()),
                alert.getSampleIds().stream().limit(IDS).map(Printable::of).collect(Collectors.joining(", ")));
    }
}
