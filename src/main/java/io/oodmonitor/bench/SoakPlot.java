package io.oodmonitor.bench;

import io.oodmonitor.report.ChartStyle;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A soak's memory over time as a picture. */
record SoakPlot(SoakResult result) {

    private static final double MIB = 1 << 20;

    /** Writes a PNG file. */
    void write(Path file) throws IOException {
        XYChart chart = new XYChart(BenchPlot.WIDTH, BenchPlot.HEIGHT, Styler.ChartTheme.XChart);
        chart.setTitle(result.model());
        chart.setXAxisTitle("Minutes");
        chart.setYAxisTitle("MiB");
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setXAxisMin(0.0).setYAxisMin(0.0);
        if (result.resident().isPresent()) {
            line(chart, "process", ChartStyle.colour(1), sample -> sample.residentBytes().orElseThrow());
        }
        line(chart, "heap after collection", ChartStyle.colour(0), SoakSample::heapBytes);
        line(chart, "direct buffers", ChartStyle.colour(2), SoakSample::directBytes);
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private void line(XYChart chart, String name, Color colour, ToDoubleFunction<SoakSample> bytes) {
        XYSeries series = chart.addSeries(name,
                result.samples().stream().mapToDouble(sample -> sample.at().toMillis() / 60_000.0).toArray(),
                result.samples().stream().mapToDouble(sample -> bytes.applyAsDouble(sample) / MIB).toArray());
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
    }
}
