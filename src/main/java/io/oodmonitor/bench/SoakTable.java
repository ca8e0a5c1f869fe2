package io.oodmonitor.bench;

import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.cli.text.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** A soak's result for a terminal. */
record SoakTable(SoakResult result, Style style) {

    private static final List<String> QUARTERS = List.of("first", "second", "third", "last");

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(result.model() + " on " + Numbers.count(result.cores(), "core")) + ", "
                + Numbers.bytes(result.heapLimitBytes()) + " of heap at most");
        lines.add(result.workload() + "; broker, registry and sender in the same process");
        lines.add("");
        lines.addAll(quarters().lines(style));
        lines.add("");
        lines.add(flatness());
        lines.add("In flight   " + Numbers.bytes(result.peakBytesInFlight()) + " of images at most, the bound is "
                + Numbers.bytes(result.inFlightBound()) + mark(result.isBounded()));
        lines.add("Account     " + result.totals().inWords() + mark(result.totals().isExact()));
        return lines;
    }

    private Table quarters() {
        Table table = new Table(Column.text("QUARTER, MEDIANS", 18), Column.number("IMAGES", 10),
                Column.number("HEAP AFTER COLLECTION", 8), Column.number("DIRECT", 8), Column.number("PROCESS", 8));
        for (int i = 0; i < QUARTERS.size(); i++) {
            List<SoakSample> quarter = Growth.quarter(result.samples(), i);
            table.row(QUARTERS.get(i),
                    Numbers.perSecond(median(quarter, sample -> Math.round(10 * sample.imagesPerSecond())) / 10.0),
                    Numbers.bytes(median(quarter, SoakSample::heapBytes)),
                    Numbers.bytes(median(quarter, SoakSample::directBytes)),
                    result.resident().isEmpty() ? "?"
                            : Numbers.bytes(median(quarter, sample -> sample.residentBytes().orElseThrow())));
        }
        return table;
    }

    private static long median(List<SoakSample> samples, ToLongFunction<SoakSample> figure) {
        return Median.of(samples.stream().map(figure::applyAsLong).toList(), Comparator.naturalOrder());
    }

    private String flatness() {
        return style.bold("Memory      ") + (result.isFlat() ? "flat" : "growing") + ": from the second to the last "
                + "quarter the heap " + grown(result.heap())
                + result.resident().map(growth -> ", the process " + grown(growth)).orElse("")
                + "; 5% or " + Numbers.bytes(Growth.BYTES) + " are allowed" + mark(result.isFlat());
    }

    private static String grown(Growth growth) {
        long bytes = growth.lateBytes() - growth.earlyBytes();
        return (bytes < 0 ? "shrank by " : "grew by ") + Numbers.bytes(Math.abs(bytes));
    }

    private static String mark(boolean holds) {
        return holds ? " (ok)" : " (NOT OK)";
    }
}
