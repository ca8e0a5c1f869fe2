package io.oodmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({"0.374, 37%", "0.046, 4.6%", "0.0997, 10%", "0.9974, 99.7%", "1, 100%", "0, 0%", "0.05, 5%"})
    void shouldSayPercent(double share, String words) {
        assertThat(Words.percent(share)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"15.4218, 15.42", "-1.5, −1.50", "0.95123, 0.9512", "-1234.5, −1235", "0, 0.0000", "1e-5, 1.00e−05"})
    void shouldSayScores(double score, String words) {
        assertThat(Words.score(score)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, RELIABLE", "0.05, RELIABLE",
        "0.0501, GOOD", "0.2, GOOD", "0.5, PARTIAL", "0.9, WEAK", "0.95, BLIND", "1, BLIND"})
    void shouldJudgeByFpr95(double fpr95, Trust trust) {
        assertThat(Trust.of(fpr95)).isEqualTo(trust);
    }
}
