package io.oodmonitor.evaluation;

import java.util.Comparator;
import java.util.List;

/**
 * The table of an evaluation: a row per method, a column per out-of-distribution set, and last the average over the
 * sets, each counting the same whatever its size. Immutable.
 *
 * @param sets what the columns but the last are called
 * @param best the method that is best on average: of the highest mean AUROC, among equals of the lowest mean FPR95,
 *             among equals the first
 */
public record ResultTable(List<String> sets, List<Row> rows, String best) {

    /**
     * @param sets    by set
     * @param average over the sets, figure by figure
     */
    public record Row(String method, List<DetectionMetrics> sets, DetectionMetrics average) {

        public Row {
            sets = List.copyOf(sets);
        }

        /** The sets' and then the average's. */
        public DetectionMetrics column(int column) {
            return column == sets.size() ? average : sets.get(column);
        }
    }

    public ResultTable {
        sets = List.copyOf(sets);
        rows = List.copyOf(rows);
    }

    /** Computes every figure of every method: takes seconds for many methods on many images. */
    public static ResultTable of(Evaluation evaluation) {
        return of(evaluation.oodSets(), evaluation.methods().stream().map(method -> {
            List<DetectionMetrics> sets = method.metrics();
            return new Row(method.method(), sets, average(sets));
        }).toList());
    }

    static ResultTable of(List<String> sets, List<Row> rows) {
        Row best = rows.stream().min(Comparator
                .comparingDouble((Row row) -> -row.average().auroc())
                .thenComparingDouble(row -> row.average().fpr95())).orElseThrow();
        return new ResultTable(sets, rows, best.method());
    }

    static DetectionMetrics average(List<DetectionMetrics> sets) {
        return new DetectionMetrics(mean(Figure.FPR95, sets), mean(Figure.AUROC, sets), mean(Figure.AUPR_IN, sets),
                mean(Figure.AUPR_OUT, sets), mean(Figure.DETECTION_ERROR, sets));
    }

    private static double mean(Figure figure, List<DetectionMetrics> sets) {
        return sets.stream().mapToDouble(figure::of).average().orElseThrow();
    }

    /** One more than there are sets: the last is the average. */
    public int columns() {
        return sets.size() + 1;
    }

    /** The row of a method of this table. */
    public Row row(String method) {
        return rows.stream().filter(row -> row.method().equals(method)).findFirst().orElseThrow();
    }

    /**
     * Whether no other method has a better value there, as printed: with two decimals, so that several may be best.
     * With one method nothing is.
     */
    public boolean isBest(Row row, Figure figure, int column) {
        long value = figure.hundredths(row.column(column));
        return rows.size() > 1 && rows.stream().mapToLong(other -> figure.hundredths(other.column(column)))
                .allMatch(other -> figure.higherIsBetter() ? other <= value : other >= value);
    }
}
