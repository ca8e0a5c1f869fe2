package io.oodmonitor.bench;

import io.oodmonitor.cli.text.Bar;
import io.oodmonitor.cli.text.Column;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.cli.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A bench's result for a terminal. */
record BenchTable(BenchResult result, Style style) {

    private static final int BAR = 30;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(result.model() + " on " + Numbers.count(result.cores(), "core")));
        lines.add(result.workload() + "; broker, registry and sender in the same process");
        section(lines, networks());
        section(lines, trials());
        section(lines, limits());
        lines.add("* computed: the loop's time for an image and copying's added up");
        section(lines, loads());
        section(lines, waits());
        lines.add("");
        lines.addAll(new BenchAccount(result, style).lines());
        lines.add("");
        lines.add(style.bold("What did best") + ", ready for the configuration:");
        result.saturated().trial().setting().configuration().forEach((name, value) ->
                lines.add("  " + name + "=" + value));
        return lines;
    }

    private void section(List<String> lines, Table table) {
        lines.add("");
        lines.addAll(table.lines(style));
    }

    private Table networks() {
        Table table = new Table(Column.text("ONNX RUNTIME ALONE", 26), Column.number("IMAGES", 10));
        result.networks().forEach(rate -> table.row(rate.inWords(), Numbers.perSecond(rate.imagesPerSecond())));
        return table;
    }

    private Table trials() {
        Table table = new Table(Column.text("THE STREAM, EXACTLY ONCE", 26), Column.number("IMAGES", 10),
                Column.number("BATCHES FORMED", 6));
        result.trials().forEach(trial -> table.row(trial.setting().inWords(),
                Numbers.perSecond(trial.imagesPerSecond()), decimal(trial.batchSize())));
        return table;
    }

    private Table limits() {
        double stream = result.saturated().imagesPerSecond();
        Table table = new Table(Column.text("LIMIT", 26), Column.number("IMAGES", 10),
                Column.number("THE STREAM'S SHARE", 6), Column.text("", BAR + 2));
        result.limits().alone().forEach(limit -> limit(table, limit.name() + " alone", limit.imagesPerSecond()));
        limit(table, "decode + network in a loop", result.limits().loop());
        limit(table, "that loop and copying*", result.limits().together());
        table.row("the stream", Numbers.perSecond(stream), "", "");
        return table;
    }

    private void limit(Table table, String name, double rate) {
        double share = result.saturated().imagesPerSecond() / rate;
        table.row(name, Numbers.perSecond(rate), Numbers.percent(share), Bar.of(share, BAR));
    }

    private Table loads() {
        Table table = new Table(Column.text("LATENCY TO COMMITTED VERDICT", 26), Column.number("IMAGES", 10),
                Column.number("P50", 8), Column.number("P95", 8), Column.number("P99", 8),
                Column.number("BATCHES FORMED", 6));
        result.loads().forEach(load -> table.row("at " + Math.round(100 * load.share()) + "%",
                Numbers.perSecond(load.imagesPerSecond()), millis(load.latency().p50()), millis(load.latency().p95()),
                millis(load.latency().p99()), decimal(load.work().batchSize())));
        return table;
    }

    private Table waits() {
        Table table = new Table(Column.text("AN IMAGE WAITS, ON AVERAGE", 26), Column.number("TO BE DECODED", 10),
                Column.number("FOR OTHERS", 8), Column.number("FOR A LANE", 8), Column.number("IN THE NETWORK", 8));
        waits(table, "saturated", result.saturated().waits());
        result.loads().forEach(load -> waits(table, "at " + Math.round(100 * load.share()) + "%",
                load.work().waits()));
        return table;
    }

    private static void waits(Table table, String when, MeanWaits waits) {
        table.row(when, decimal(waits.decode()) + " ms", decimal(waits.others()) + " ms",
                decimal(waits.lane()) + " ms", decimal(waits.network()) + " ms");
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.0f ms", millis);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
