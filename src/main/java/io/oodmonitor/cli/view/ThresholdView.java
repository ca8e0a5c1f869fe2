package io.oodmonitor.cli.view;

import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Printable;
import io.oodmonitor.event.OodThreshold;
import java.util.List;
import java.util.Locale;

/** A threshold as a line. Stateless. */
public final class ThresholdView {

    private ThresholdView() {}

    public static List<Column> columns() {
        return List.of(Column.text("SINCE", 19), Column.text("MODEL", 12), Column.text("DETECTOR", 10),
                Column.number("VERSION", 7), Column.number("THRESHOLD", 9), Column.number("SAMPLES", 7),
                Column.number("TARGET", 6), Column.number("ACCURACY", 8));
    }

    public static List<String> cells(OodThreshold threshold) {
        return List.of(Clock.dateTime(threshold.getUpdatedAt()),
                Printable.of(threshold.getModel() + " " + threshold.getModelVersion()),
                Printable.of(threshold.getDetectorVersion()), Numbers.count(threshold.getVersion()),
                String.format(Locale.ROOT, "%.4f", threshold.getThreshold()), Numbers.count(threshold.getSamples()),
                Numbers.percent(threshold.getTargetFalseAlarmRate()),
                threshold.getAccuracy() == null ? "-" : Numbers.percent(threshold.getAccuracy()));
    }
}
