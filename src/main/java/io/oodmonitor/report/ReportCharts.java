package io.oodmonitor.report;

import io.oodmonitor.evaluation.MethodScores;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The report's charts for images. */
final class ReportCharts {

    private static final float[][] DASHES = {null, {9, 4}, {2, 3}, {9, 3, 2, 3}};
    private static final int OPACITY = 64;
    private static final int NAME_LENGTH = 32;

    private ReportCharts() {
    }

    /** @param shown whether it is drawn bold */
    record Curve(String name, RocCurve curve, boolean shown) {
    }

    static XYChart histogram(int width, int height, String title, String idSet, String oodSet, MethodScores method,
                             double[] ood) {
        XYChart chart = chart(width, height, title, "Score (higher: more in-distribution)", "Share of the set, %");
        ScoreBins bins = ScoreBins.of(method);
        double[] edges = IntStream.rangeClosed(0, ScoreBins.COUNT).mapToDouble(i -> bins.from() + i * bins.width())
                .toArray();
        double[] id = shares(bins, method.id());
        double[] other = shares(bins, ood);
        double top = 1.08 * Math.max(Arrays.stream(id).max().orElseThrow(), Arrays.stream(other).max().orElseThrow());
        area(chart, idSet, edges, id, ChartStyle.colour(0));
        area(chart, oodSet, edges, other, ChartStyle.colour(1));
        if (method.threshold() >= bins.from() && method.threshold() <= bins.to()) {
            line(chart, "threshold " + Words.score(method.threshold()),
                    new double[] {method.threshold(), method.threshold()}, new double[] {0, top}, ChartStyle.INK,
                    stroke(1.5f, DASHES[1]));
        }
        chart.getStyler().setXAxisMin(bins.from()).setXAxisMax(bins.to()).setYAxisMin(0.0).setYAxisMax(top);
        return chart;
    }

    static XYChart curves(int width, int height, String title, List<Curve> curves) {
        XYChart chart = chart(width, height, title, "Out-of-distribution images that pass, %",
                "In-distribution images kept, %");
        double[] rates = RocCurve.falsePositiveRates();
        double[] xs = IntStream.range(-1, rates.length).mapToDouble(i -> i < 0 ? 0 : 100 * rates[i]).toArray();
        for (int i = 0; i < curves.size(); i++) {
            double[] kept = curves.get(i).curve().truePositiveRates();
            double[] ys = IntStream.range(-1, rates.length).mapToDouble(at -> at < 0 ? 0 : 100 * kept[at]).toArray();
            boolean shown = curves.get(i).shown();
            line(chart, curves.get(i).name(), xs, ys, ChartStyle.colour(i),
                    stroke(shown ? 3.5f : 1.8f, shown ? null : DASHES[i % DASHES.length]));
        }
        line(chart, "95% kept", new double[] {0, 100}, new double[] {95, 95}, ChartStyle.SOFT, stroke(1, DASHES[2]))
                .setShowInLegend(false);
        line(chart, "guessing", new double[] {0, 100}, new double[] {0, 100}, ChartStyle.GRID.darker(), stroke(1, null))
                .setShowInLegend(false);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(100.5).setYAxisMin(0.0).setYAxisMax(100.5)
                .setLegendLayout(Styler.LegendLayout.Vertical);
        return chart;
    }

    private static XYChart chart(int width, int height, String title, String x, String y) {
        XYChart chart = new XYChart(width, height, Styler.ChartTheme.XChart);
        chart.setTitle(title);
        chart.setXAxisTitle(x);
        chart.setYAxisTitle(y);
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setPlotContentSize(1);
        return chart;
    }

    /** Each bin's share in percent, the last again so that its bar has a right edge. */
    private static double[] shares(ScoreBins bins, double[] scores) {
        int[] counts = bins.counts(scores);
        return IntStream.rangeClosed(0, counts.length)
                .mapToDouble(i -> 100.0 * counts[Math.min(i, counts.length - 1)] / scores.length).toArray();
    }

    private static void area(XYChart chart, String name, double[] edges, double[] shares, Color colour) {
        XYSeries series = add(chart, name, edges, shares);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
        series.setLineColor(colour);
        series.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), OPACITY));
        series.setLineStyle(stroke(2, null));
    }

    private static XYSeries line(XYChart chart, String name, double[] xs, double[] ys, Color colour,
                                 BasicStroke stroke) {
        XYSeries series = add(chart, name, xs, ys);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        series.setLineColor(colour);
        series.setLineStyle(stroke);
        return series;
    }

    /** Short enough for a legend. XChart takes a name once, so series are numbered and the name is their label. */
    private static XYSeries add(XYChart chart, String name, double[] xs, double[] ys) {
        String line = name.replaceAll("\\s+", " ");
        XYSeries series = chart.addSeries(String.valueOf(chart.getSeriesCollection().size()), xs, ys);
        series.setLabel(line.length() > NAME_LENGTH ? line.substring(0, NAME_LENGTH - 1) + "\u2026" : line);
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }

    private static BasicStroke stroke(float width, float[] dash) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }
}
