package io.oodmonitor.bench;

import java.awt.Color;
import java.awt.Font;
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
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** A bench's result as a picture: the stream beside its limits, and latency over load. */
record BenchPlot(BenchResult result) {

    static final int WIDTH = 720;
    static final int HEIGHT = 460;
    private static final Color INK = new Color(0x1b1e23);
    static final Color BLUE = new Color(0x0072b2);
    static final Color ORANGE = new Color(0xc65300);
    static final Color GREEN = new Color(0x00805d);

    /** Writes a PNG file. */
    void write(Path file) throws IOException {
        BitmapEncoder.saveBitmap(List.<Chart<?, ?>>of(rates(), latencies()), 1, 2, file.toString(),
                BitmapEncoder.BitmapFormat.PNG);
    }

    private CategoryChart rates() {
        CategoryChart chart = new CategoryChart(WIDTH, HEIGHT, Styler.ChartTheme.XChart);
        chart.setTitle(result.model());
        chart.setYAxisTitle("Images per second");
        style(chart.getStyler());
        List<String> names = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        result.limits().alone().forEach(limit -> {
            names.add(limit.name());
            rates.add(limit.imagesPerSecond());
        });
        names.add("all together");
        rates.add(result.limits().together());
        names.add("the stream");
        rates.add(result.saturated().imagesPerSecond());
        chart.addSeries("rate", names, rates).setFillColor(BLUE);
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
        style(chart.getStyler());
        line(chart, "p50", BLUE, load -> load.latency().p50());
        line(chart, "p95", GREEN, load -> load.latency().p95());
        line(chart, "p99", ORANGE, load -> load.latency().p99());
        chart.getStyler().setXAxisMin(0.0).setYAxisMin(0.0);
        return chart;
    }

    private void line(XYChart chart, String name, Color colour, ToDoubleFunction<Load> figure) {
        XYSeries series = chart.addSeries(name, result.loads().stream().mapToDouble(Load::imagesPerSecond).toArray(),
                result.loads().stream().mapToDouble(figure).toArray());
        series.setMarkerColor(colour);
        series.setLineColor(colour);
    }

    static void style(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(INK)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15))
                .setChartTitleBoxVisible(false)
                .setChartPadding(14)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE)
                .setLocale(Locale.ROOT)
                .setAntiAlias(true);
    }
}
