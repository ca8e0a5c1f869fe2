package io.oodmonitor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.evaluation.ResultTable.Row;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    @Test
    void shouldAverageOverSetsWhateverTheirSize() {
        double[] id = {5, 6, 7, 8};
        var evaluation = new Evaluation("m", "energy", "id", OptionalDouble.empty(), List.of("all pass", "none pass"),
                List.of(new MethodScores("energy", 5, true, id, List.of(new double[] {9}, new double[] {1, 2, 3}))), 1);

        ResultTable table = ResultTable.of(evaluation);

        assertThat(table.row("energy").sets()).extracting(DetectionMetrics::fpr95).containsExactly(1.0, 0.0);
        DetectionMetrics average = table.row("energy").average();
        assertThat(average.fpr95()).isEqualTo(0.5);
        assertThat(average.auroc()).isEqualTo(0.5);
        assertThat(average.detectionError()).isCloseTo((1 / 5.0 + 0) / 2, within(1e-12));
        assertThat(table.columns()).isEqualTo(3);
        assertThat(table.rows().get(0).column(2)).isEqualTo(average);
    }

    @Test
    void shouldNameTheHighestMeanAuroc() {
        ResultTable table = table(row("a", 0.1, 0.90), row("b", 0.6, 0.95), row("c", 0.2, 0.93));

        assertThat(table.best()).isEqualTo("b");
    }

    @Test
    void shouldLetFpr95DecideBetweenEqualAurocs() {
        assertThat(table(row("a", 0.3, 0.9), row("b", 0.2, 0.9), row("c", 0.1, 0.8)).best()).isEqualTo("b");
        assertThat(table(row("a", 0.2, 0.9), row("b", 0.2, 0.9)).best()).isEqualTo("a");
    }

    @Test
    void shouldMarkTheBestOfEachColumn() {
        Row first = row("a", 0.1, 0.90);
        Row second = row("b", 0.6, 0.95);
        ResultTable table = table(first, second);

        assertThat(table.isBest(first, Figure.FPR95, 0)).isTrue();
        assertThat(table.isBest(second, Figure.FPR95, 0)).isFalse();
        assertThat(table.isBest(first, Figure.AUROC, 1)).isFalse();
        assertThat(table.isBest(second, Figure.AUROC, 1)).isTrue();
    }

    @Test
    void shouldMarkAllThatPrintAlikeAndNoneThatIsAlone() {
        Row first = row("a", 0.100004, 0.90);
        Row second = row("b", 0.1, 0.80);

        assertThat(table(first, second).isBest(first, Figure.FPR95, 0)).isTrue();
        assertThat(table(first, second).isBest(second, Figure.FPR95, 0)).isTrue();
        assertThat(table(first).isBest(first, Figure.AUROC, 0)).isFalse();
    }

    @Test
    void shouldPrintTwoDecimals() {
        assertThat(Figure.FPR95.text(row("a", 0.38, 1).average())).isEqualTo("38.00");
        assertThat(Figure.AUROC.text(row("a", 0.38, 1).average())).isEqualTo("100.00");
        assertThat(Figure.AUROC.text(row("a", 0.38, 0.00066).average())).isEqualTo("0.07");
    }

    private static ResultTable table(Row... rows) {
        return ResultTable.of(List.of("set"), List.of(rows));
    }

    private static Row row(String method, double fpr95, double auroc) {
        DetectionMetrics metrics = new DetectionMetrics(fpr95, auroc, 0.5, 0.5, 0.1);
        return new Row(method, List.of(metrics), metrics);
    }
}
