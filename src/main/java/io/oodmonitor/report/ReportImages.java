package io.oodmonitor.report;

import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.Figure;
import io.oodmonitor.evaluation.MethodScores;
import io.oodmonitor.evaluation.ResultTable;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;

/** An evaluation's charts as PNG files, for papers and slides. */
public final class ReportImages {

    static final int WIDTH = 1_200;
    private static final int PANEL_HEIGHT = 420;
    private static final int ROC_HEIGHT = 580;
    private static final int LEGEND_LINE = 22;

    private ReportImages() {
    }

    /**
     * Writes, beside the page, its histograms (NAME-histograms.png: the bundle's own method, or else the best on
     * average, on each set) and its ROC curves (NAME-roc.png: every method over all sets, and that one on each set).
     *
     * @param page  the page's file, NAME.html; need not exist
     * @param table of the same evaluation
     * @return the files
     * @throws IOException if they cannot be written, or the system has no font to write with
     */
    public static List<Path> write(Path page, Evaluation evaluation, ResultTable table) throws IOException {
        requireFonts();
        String file = page.getFileName().toString();
        String name = file.contains(".") ? file.substring(0, file.lastIndexOf('.')) : file;
        Path histograms = page.resolveSibling(name + "-histograms.png");
        Path curves = page.resolveSibling(name + "-roc.png");
        MethodScores shown = Shown.of(evaluation, table);
        write(histograms, histograms(evaluation, table, shown));
        write(curves, curves(evaluation, table, shown));
        return List.of(histograms, curves);
    }

    /** Java on a Linux without fonts throws an Error, at the first try one and later another. */
    private static void requireFonts() throws IOException {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).canDisplay('x');
        } catch (InternalError | NoClassDefFoundError e) {
            throw new IOException("the charts cannot be drawn as PNG, because this system has no font: install "
                    + "fontconfig and one, such as the Debian package fonts-dejavu-core", e);
        }
    }

    private static void write(Path file, BufferedImage image) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            ImageIO.write(image, "png", out);
        }
    }

    private static BufferedImage histograms(Evaluation evaluation, ResultTable table, MethodScores shown) {
        ResultTable.Row row = table.row(shown.method());
        int columns = table.sets().size() == 1 ? 1 : 2;
        List<XYChart> charts = IntStream.range(0, table.sets().size()).mapToObj(i -> {
            String title = shown.method() + " on " + table.sets().get(i) + ": FPR95 "
                    + Figure.FPR95.text(row.sets().get(i)) + ", AUROC " + Figure.AUROC.text(row.sets().get(i));
            return ReportCharts.histogram(WIDTH / columns, PANEL_HEIGHT, title, evaluation.idSet(),
                    table.sets().get(i), shown, shown.ood().get(i));
        }).toList();
        return grid(charts, columns, PANEL_HEIGHT);
    }

    private static BufferedImage curves(Evaluation evaluation, ResultTable table, MethodScores shown) {
        List<ReportCharts.Curve> methods = evaluation.methods().stream().map(method -> new ReportCharts.Curve(
                label(method.method(), table.row(method.method()).average().auroc()),
                RocCurve.mean(method.ood().stream().map(ood -> RocCurve.of(method.id(), ood)).toList()),
                method == shown)).toList();
        ResultTable.Row row = table.row(shown.method());
        List<ReportCharts.Curve> sets = IntStream.range(0, table.sets().size()).mapToObj(i -> new ReportCharts.Curve(
                label(table.sets().get(i), row.sets().get(i).auroc()),
                RocCurve.of(shown.id(), shown.ood().get(i)), false)).toList();
        return grid(List.of(
                ReportCharts.curves(WIDTH / 2, ROC_HEIGHT + LEGEND_LINE * methods.size(),
                        "Every method, mean of all sets (AUROC)", methods),
                ReportCharts.curves(WIDTH / 2, ROC_HEIGHT + LEGEND_LINE * sets.size(),
                        shown.method() + " on every set (AUROC)", sets)),
                2, ROC_HEIGHT + LEGEND_LINE * Math.max(methods.size(), sets.size()));
    }

    private static String label(String name, double auroc) {
        return name + " (" + Words.percent(auroc) + ")";
    }

    private static BufferedImage grid(List<XYChart> charts, int columns, int height) {
        int rows = (charts.size() + columns - 1) / columns;
        BufferedImage image = new BufferedImage(WIDTH, rows * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        for (int i = 0; i < charts.size(); i++) {
            graphics.drawImage(BitmapEncoder.getBufferedImage(charts.get(i)), i % columns * (WIDTH / columns),
                    i / columns * height, null);
        }
        graphics.dispose();
        return image;
    }
}
