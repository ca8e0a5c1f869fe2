package io.oodmonitor.bench;

import io.oodmonitor.report.ChartStyle;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** A bench's result as a picture: the stream beside its limits, and latency over load. */
record BenchPlot(BenchResult result) {

    static final int WIDTH = 720;
    static final int HEIGHT = 460;

    /** Writes a PNG file. */
    void write(Path file) throws IOException {
        BitmapEncoder.saveBitmap(List.<Chart<?, ?>>of(rates(), latencies()), 1, 2, file.toString(),
                BitmapEncoder.BitmapFormat.PNG);
    }

    private CategoryChart rates() {
        CategoryChart chart = new CategoryChart(WIDTH, HEIGHT, Styler.ChartTheme.XChart);
        chart.setTitle(result.model());
        chart.setXAxisTitle(String.format(Locale.ROOT, "The stream: %.0f%% of the copying topology's rate, "
                + "%.1f times its processor time for an image", 100 * result.ratioToCopying(),
                result.processorTimesCopying()));
        chart.setYAxisTitle("Images per second");
        ChartStyle.apply(chart.getStyler());
        List<String> names = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        result.limits().alone().forEach(limit -> {
            names.add(limit.name());
            rates.add(limit.imagesPerSecond());
        });
        names.add("loop");
        rates.add(result.limits().loop());
        names.add("together");
        rates.add(result.limits().together());
        names.add("the stream");
        rates.add(result.saturated().imagesPerSecond());
        chart.addSeries("rate", names, rates).setFillColor(ChartStyle.colour(0));
        // The broker's limit is often a hundred times the others.
        chart.getStyler().setYAxisMin(Math.min(result.limits().together(), result.saturated().imagesPerSecond()) / 10);
        chart.getStyler().setDecimalPattern("#,##0");
        chart.getStyler().setLabelsVisible(true).setAvailableSpaceFill(0.6).setYAxisLogarithmic(true)
                .setLegendVisible(false);
        return chart;
    }

    private XYChart latencies() {
        XYChart chart = new XYChart(WIDTH, HEIGHT, Styler.ChartTheme.XChart);
        chart.setTitle("Latency to the committed verdict");
        chart.setXAxisTitle("Images per second");
        chart.setYAxisTitle("Milliseconds");
        ChartStyle.apply(chart.getStyler());
        line(chart, "p50", ChartStyle.colour(0), load -> load.latency().p50());
        line(chart, "p95", ChartStyle.colour(2), load -> load.latency().p95());
        line(chart, "p99", ChartStyle.colour(1), load -> load.latency().p99());
        chart.getStyler().setXAxisMin(0.0).setYAxisMin(0.0);
        return chart;
    }

    private void line(XYChart chart, String name, Color colour, ToDoubleFunction<Load> figure) {
        XYSeries series = chart.addSeries(name, result.loads().stream().mapToDouble(Load::imagesPerSecond).toArray(),
                result.loads().stream().mapToDouble(figure).toArray());
        series.setMarkerColor(colour);
        series.setLineColor(colour);
    }
}
