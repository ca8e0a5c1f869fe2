package io.oodmonitor.report;

import io.oodmonitor.evaluation.DetectionMetrics;
import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.Figure;
import io.oodmonitor.evaluation.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An evaluation as cells for a terminal, all in percent; the best of a column is marked with a star.
 *
 * @param titles   of the columns
 * @param text   how many columns, from the left, are text; the others are numbers, which stand at the right
 * @param rows   of as many cells as there are titles
 * @param notes  lines that belong below
 */
public record TextTable(List<String> titles, int text, List<List<String>> rows, List<String> notes) {

    private static final String BEST = "*";

    public TextTable {
        titles = List.copyOf(titles);
        rows = rows.stream().map(List::copyOf).toList();
        notes = List.copyOf(notes);
    }

    /** The papers' table: a row per method; FPR95 and AUROC per set, and last their average. */
    public static TextTable paper(Evaluation evaluation, ResultTable table) {
        List<String> titles = new ArrayList<>(List.of("method"));
        List<String> figures = new ArrayList<>(List.of(""));
        for (int column = 0; column < table.columns(); column++) {
            titles.add(title(table, column) + " ");
            figures.add(String.format(Locale.ROOT, "%6s  %6s ", heading(Figure.FPR95), heading(Figure.AUROC)));
        }
        List<List<String>> rows = new ArrayList<>(List.of(figures));
        for (ResultTable.Row row : table.rows()) {
            List<String> cells = new ArrayList<>(List.of(name(evaluation, row)));
            for (int column = 0; column < table.columns(); column++) {
                cells.add(String.format(Locale.ROOT, "%7s %7s", cell(table, row, Figure.FPR95, column),
                        cell(table, row, Figure.AUROC, column)));
            }
            rows.add(cells);
        }
        return new TextTable(titles, 1, rows, notes(evaluation, table));
    }

    /** All five figures: a row per set and method, last the average's. As wide for ten sets as for one. */
    public static TextTable figures(Evaluation evaluation, ResultTable table) {
        List<String> titles = new ArrayList<>(List.of("set", "method"));
        for (Figure figure : Figure.values()) {
            titles.add(heading(figure) + " ");
        }
        List<List<String>> rows = new ArrayList<>();
        for (int column = 0; column < table.columns(); column++) {
            for (ResultTable.Row row : table.rows()) {
                List<String> cells = new ArrayList<>(List.of(title(table, column), name(evaluation, row)));
                for (Figure figure : Figure.values()) {
                    cells.add(cell(table, row, figure, column));
                }
                rows.add(cells);
            }
        }
        return new TextTable(titles, 2, rows, notes(evaluation, table));
    }

    private static String title(ResultTable table, int column) {
        return column == table.sets().size() ? "average" : table.sets().get(column);
    }

    private static String heading(Figure figure) {
        return (figure == Figure.DETECTION_ERROR ? "error" : figure.title()) + figure.arrow();
    }

    private static String name(Evaluation evaluation, ResultTable.Row row) {
        return evaluation.isOwn(row.method()) ? row.method() + " (bundle)" : row.method();
    }

    private static String cell(ResultTable table, ResultTable.Row row, Figure figure, int column) {
        DetectionMetrics metrics = row.column(column);
        return figure.text(metrics) + (table.isBest(row, figure, column) ? BEST : " ");
    }

    private static List<String> notes(Evaluation evaluation, ResultTable table) {
        List<String> notes = new ArrayList<>();
        notes.add("Percent; ↓ lower is better, ↑ higher is better, " + BEST + " best of its column.");
        DetectionMetrics best = table.row(table.best()).average();
        notes.add("Best on average: " + table.best() + " (mean AUROC " + Figure.AUROC.text(best) + ", mean FPR95 "
                + Figure.FPR95.text(best) + ").");
        return notes;
    }
}
