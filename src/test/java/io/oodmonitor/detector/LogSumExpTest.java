package io.oodmonitor.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LogSumExpTest {

    @Property
    void shouldLieWithinLogOfTheirNumberAboveTheGreatest(
            @ForAll @Size(min = 1, max = 20) double @DoubleRange(min = -1e6, max = 1e6) [] logits) {
        double max = Arrays.stream(logits).max().orElseThrow();
        assertThat(LogSumExp.of(logits)).isBetween(max, max + Math.log(logits.length) + 1e-9);
    }

    @Test
    void shouldStayFiniteWhereExpOverflows() {
        assertThat(LogSumExp.of(new double[] {5000, 5000})).isCloseTo(5000 + Math.log(2), within(1e-9));
        assertThat(LogSumExp.of(new double[] {-5000, -5000})).isCloseTo(-5000 + Math.log(2), within(1e-9));
    }

    @Test
    void shouldShowWhatIsNotANumber() {
        assertThat(LogSumExp.of(new double[] {1, Double.NaN})).isNaN();
        assertThat(LogSumExp.of(new double[] {1, Double.POSITIVE_INFINITY})).isInfinite();
    }
}
