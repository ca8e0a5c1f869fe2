package io.oodmonitor.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.detector.statistics.MissingStatisticsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {

    @ParameterizedTest
    @ValueSource(strings = {"msp", "msp@1000", "maxlogit", "energy", "react@90", "react@99.9", "react@clip=1.5", "dice@90",
        "dice@87.5", "dice@0", "dice@90+react@90", "dice@70+react@clip=1", "ash-s@65", "scale@85", "gen@0.1:100", "fdbd",
        "knn@50", "vim", "vim@512", "mahalanobis"})
    void shouldReadBackItsName(String name) {
        assertThat(Detector.parse(name).name()).isEqualTo(name);
        assertThat(name).startsWith(Detector.parse(name).method().replaceFirst("\\+.*", ""));
    }

    @ParameterizedTest
    @CsvSource({"dice, dice@90", "react, react@90", "dice+react, dice@90+react@90", "ash-s, ash-s@90", "scale, scale@85",
        "'gen', 'gen@0.1:100'", "gen@0.2, gen@0.2:100", "knn, knn@50", "msp@1, msp"})
    void shouldTakeUsualParametersWhereNoneAreGiven(String method, String name) {
        assertThat(Detector.parse(method).name()).isEqualTo(name);
    }

    @Test
    void shouldTellVersionsOfItsMaskApart() {
        assertThat(new Dice(90).version(0)).isEqualTo("dice@90#0");
        assertThat(new Dice(90).version(3)).isEqualTo("dice@90#3");
        assertThat(new Energy().version(0)).isEqualTo("energy#0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "odin", "DICE@90", "energy@1", "dice@90:70", "react+dice", "dice+react+react", "knn@5:6"})
    void shouldRefuseUnknownNames(String name) {
        assertThatThrownBy(() -> Detector.parse(name)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a detector must be msp[@TEMPERATURE], maxlogit, energy, react");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dice@ninety | the parameter of detector 'dice@ninety' must be a number, but is 'ninety'",
        "dice@100    | the sparsity of dice must be at least 0 and below 100, but is 100.0",
        "knn@0       | the k of knn must be at least 1, but is 0",
        "knn@1.5     | the parameter of detector 'knn@1.5' must be a whole number, but is '1.5'",
        "react@90.05 | the percentile of react must be 0 to 100 in steps of 0.1, but is 90.05",
        "react@clip=x| the parameter of detector 'react@clip=x' must be a number, but is 'x'",
        "gen@1       | the gamma of gen must be above 0 and below 1, but is 1.0",
        "gen@0.1:0   | the classes of gen must be at least 1, but are 0",
        "msp@0       | the temperature of msp must be above 0, but is 0.0",
        "ash-s@100   | the percent of ash-s must be at least 0 and below 100, but is 100.0",
        "scale@-1    | the percent of scale must be at least 0 and below 100, but is -1.0",
        "vim@0       | the dimensions of vim must be at least 1, but are 0"})
    void shouldRefuseWrongParameters(String name, String message) {
        assertThatThrownBy(() -> Detector.parse(name)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"react", "dice+react", "knn", "vim", "mahalanobis"})
    void shouldSayWhichMethodNeedsMoreThanAMean(String name) {
        LinearHead head = new LinearHead(2, 2, new float[] {1, 0, 0, 1}, new float[] {0, 1});
        IdStatistics mean = IdStatistics.of(new FeatureMean(new double[2]));
        assertThatThrownBy(() -> Detector.parse(name).fit(head, mean)).isInstanceOf(MissingStatisticsException.class)
                .hasMessage(name.replaceFirst(".*\\+", "") + " needs more statistics of in-distribution images than their"
                        + " feature mean: fit the bundle on images");
    }
}
