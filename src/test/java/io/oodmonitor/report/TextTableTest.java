package io.oodmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.ResultTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    private static final Evaluation EVALUATION = Samples.small();
    private static final ResultTable TABLE = ResultTable.of(EVALUATION);

    @Test
    void shouldBeThePapersTable() {
        TextTable text = TextTable.paper(EVALUATION, TABLE);

        assertThat(text.titles()).containsExactly("method", "cars ", "fish ", "average ");
        assertThat(text.rows()).containsExactly(
                List.of("", "FPR95↓  AUROC↑ ", "FPR95↓  AUROC↑ ", "FPR95↓  AUROC↑ "),
                List.of("energy", " 50.00   92.50 ", "  0.00* 100.00*", " 25.00*  96.25*"),
                List.of("dice@90 (bundle)", " 25.00*  95.63*", " 50.00   50.00 ", " 37.50   72.81 "));
    }

    @Test
    void shouldShowAllFiveFigures() {
        TextTable text = TextTable.figures(EVALUATION, TABLE);

        assertThat(text.titles()).containsExactly("set", "method", "FPR95↓ ", "AUROC↑ ", "AUPR-in↑ ", "AUPR-out↑ ",
                "error↓ ");
        assertThat(text.rows()).hasSize(6).allSatisfy(row -> assertThat(row).hasSize(7));
        assertThat(text.rows().get(3)).startsWith("fish", "dice@90 (bundle)", "50.00 ", "50.00 ");
        assertThat(text.rows().get(5)).startsWith("average", "dice@90 (bundle)", "37.50 ", "72.81 ");
    }

    @Test
    void shouldNameTheBest() {
        assertThat(TextTable.paper(EVALUATION, TABLE).notes().get(1))
                .isEqualTo("Best on average: energy (mean AUROC 96.25, mean FPR95 25.00).");
    }
}
