package io.oodmonitor.detector.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.detector.Fixtures;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class PercentileTest {

    @ParameterizedTest(name = "{index}: percentile {0}")
    @CsvFileSource(resources = "/io/oodmonitor/detector/percentile.csv", delimiter = ';', numLinesToSkip = 1, maxCharsPerColumn = 100_000)
    void shouldEqualNumpyBitForBit(double percent, double expected, String values) {
        assertThat(Percentile.linear(Fixtures.doubles(values), percent)).isEqualTo(expected);
    }

    @Property
    void shouldLieBetweenTheExtremes(
            @ForAll @Size(min = 1, max = 50) double @DoubleRange(min = -1e100, max = 1e100) [] values,
            @ForAll @DoubleRange(max = 100) double percent) {
        double percentile = Percentile.linear(values, percent);
        assertThat(percentile).isBetween(
                Arrays.stream(values).min().orElseThrow(), Arrays.stream(values).max().orElseThrow());
    }

    @Test
    void shouldLeaveItsArgumentAlone() {
        double[] values = {3, 1, 2};
        Percentile.linear(values, 50);
        assertThat(values).containsExactly(3, 1, 2);
    }

    @Test
    void shouldRefuseWhatHasNoPercentile() {
        assertThatThrownBy(() -> Percentile.linear(new double[0], 50))
                .hasMessage("a percentile needs at least 1 value, but got none");
        assertThatThrownBy(() -> Percentile.linear(new double[] {1, Double.NaN}, 50))
                .hasMessage("a percentile needs numbers, but one of the values is NaN");
        assertThatThrownBy(() -> Percentile.linear(new double[] {1}, 100.5))
                .hasMessage("a percentile must lie between 0 and 100, but is 100.5");
    }
}
