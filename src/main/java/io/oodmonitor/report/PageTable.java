package io.oodmonitor.report;

import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.Figure;
import io.oodmonitor.evaluation.ResultTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table as the page's template wants it.
 *
 * @param groups the sets, and last the average
 * @param rows   with the cells of all groups, FPR95 and AUROC each
 * @param dense  whether there are so many groups that room is short
 */
record PageTable(List<Group> groups, List<Row> rows, boolean dense) {

    private static final int AIRY = 5;

    /**
     * @param images of the set, in words; empty for the average
     * @param rows   all five figures per method
     */
    record Group(String name, String images, boolean average, List<Row> rows) {
    }

    record Row(String method, boolean own, boolean best, List<Cell> cells) {
    }

    /** @param first of its group */
    record Cell(String text, boolean best, boolean first, boolean average) {
    }

    static PageTable of(Evaluation evaluation, ResultTable table) {
        List<Group> groups = IntStream.range(0, table.columns()).mapToObj(column -> {
            boolean average = column == table.sets().size();
            return new Group(average ? "Average" : table.sets().get(column),
                    average ? "" : Words.count(evaluation.oodImages(column)) + " images", average,
                    table.rows().stream().map(row -> row(evaluation, table, row,
                            Arrays.stream(Figure.values()).map(figure -> cell(table, row, figure, column)))).toList());
        }).toList();
        List<Row> rows = table.rows().stream().map(row -> row(evaluation, table, row,
                IntStream.range(0, table.columns()).boxed().flatMap(column -> Stream.of(
                        cell(table, row, Figure.FPR95, column), cell(table, row, Figure.AUROC, column))))).toList();
        return new PageTable(groups, rows, groups.size() > AIRY);
    }

    private static Row row(Evaluation evaluation, ResultTable table, ResultTable.Row row, Stream<Cell> cells) {
        return new Row(row.method(), evaluation.isOwn(row.method()), row.method().equals(table.best()),
                cells.toList());
    }

    private static Cell cell(ResultTable table, ResultTable.Row row, Figure figure, int column) {
        return new Cell(figure.text(row.column(column)), table.isBest(row, figure, column), figure == Figure.FPR95,
                column == table.sets().size());
    }
}
