package io.oodmonitor.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** How charts look that are drawn as images: the pages' colours, on white. Stateless. */
public final class ChartStyle {

    static final Color INK = new Color(0x1b1e23);
    static final Color SOFT = new Color(0x5b626d);
    static final Color GRID = new Color(0xececec);

    private static final Color[] COLOURS = IntStream.of(
            0x0072b2, 0xc65300, 0x00805d, 0xb0568a, 0xa87900, 0x3a8fc4, 0x5b626d).mapToObj(Color::new)
            .toArray(Color[]::new);

    private ChartStyle() {}

    /** The colour of a series, by its number from 0; they come again after seven. */
    public static Color colour(int series) {
        return COLOURS[series % COLOURS.length];
    }

    public static void apply(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(INK)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15))
                .setChartTitleBoxVisible(false)
                .setChartTitlePadding(10)
                .setChartPadding(14)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE)
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
                .setLocale(Locale.ROOT)
                .setAntiAlias(true);
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
                .setAxisTickLabelsColor(SOFT)
                .setAxisTicksLineVisible(false)
                .setAxisTicksMarksVisible(false)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1));
    }
}
