package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class PaceTest {

    private long now = 5_000;

    @Test
    void shouldSpreadEvenly() {
        Pace pace = Pace.of(100, () -> now);

        assertThat(pace.nanosUntil(0)).isZero();
        assertThat(pace.nanosUntil(3)).isEqualTo(30_000_000);
        now += 20_000_000;
        assertThat(pace.nanosUntil(3)).isEqualTo(10_000_000);
    }

    @Test
    void shouldCatchUpWhatWasLate() {
        Pace pace = Pace.of(100, () -> now);

        now += 1_000_000_000;

        assertThat(pace.nanosUntil(99)).isZero();
        assertThat(pace.nanosUntil(101)).isEqualTo(10_000_000);
    }

    @Test
    void shouldNeverWaitWithoutARate() {
        assertThat(Pace.unbounded().nanosUntil(1_000_000_000L)).isZero();
    }

    @Test
    void shouldReadRatesWithAndWithoutTheirUnit() {
        assertThat(new RateConverter().convert("200/s")).isEqualTo(200);
        assertThat(new RateConverter().convert("0.5")).isEqualTo(0.5);
    }

    @Test
    void shouldRefuseWhatIsNoRate() {
        for (String text : new String[] {"0", "-1", "NaN", "Infinity", "fast", ""}) {
            assertThatThrownBy(() -> new RateConverter().convert(text)).isInstanceOf(TypeConversionException.class)
                    .hasMessageContaining("'" + text + "'");
        }
    }
}
