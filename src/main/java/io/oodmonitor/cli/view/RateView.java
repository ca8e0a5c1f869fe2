package io.oodmonitor.cli.view;

import io.oodmonitor.cli.text.Bar;
import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Printable;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.event.OodRate;
import java.util.List;

/** A window's rate as a line with a bar. Stateless. */
public final class RateView {

    private static final int BAR = 20;

    private RateView() {}

    public static List<Column> columns() {
        return List.of(Column.text("WINDOW", 17), Column.text("SOURCE", 10), Column.number("IMAGES", 7),
                Column.number("OOD", 5), Column.number("RATE", 6), Column.text("", BAR + 2),
                Column.text("95% INTERVAL", 14), Column.number("EXPECTED", 8), Column.text("NOTE", 4));
    }

    public static List<String> cells(OodRate rate, Style style) {
        String bar = Bar.of(rate.getRate(), BAR);
        // The whole interval above what is expected: worth a colour.
        boolean high = rate.getImages() > 0 && rate.getLower() > rate.getExpectedRate();
        return List.of(Clock.time(rate.getWindowStart()) + "-" + Clock.time(rate.getWindowEnd()),
                Printable.of(rate.getSource()), Numbers.count(rate.getImages()), Numbers.count(rate.getOod()),
                Numbers.percent(rate.getRate()), high ? style.red(bar) : bar,
                Numbers.percent(rate.getLower()) + " to " + Numbers.percent(rate.getUpper()),
                Numbers.percent(rate.getExpectedRate()), note(rate));
    }

    private static String note(OodRate rate) {
        String uncalibrated = rate.getUncalibrated() > 0 ? Numbers.count(rate.getUncalibrated()) + " uncalibrated" : "";
        String late = rate.getLate() > 0 ? Numbers.count(rate.getLate()) + " late" : "";
        return uncalibrated + (uncalibrated.isEmpty() || late.isEmpty() ? "" : ", ") + late;
    }
}
