package io.oodmonitor.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long SECOND = 1_000_000_000L;

    private final StringWriter drawn = new StringWriter();
    private long now;

    private Progress progress(boolean terminal, OptionalLong total) {
        return new Progress(new PrintWriter(drawn), terminal, "Sending:", total, () -> now);
    }

    @Test
    void shouldSayHowMuchHowFastAndHowLongStill() {
        assertThat(progress(true, OptionalLong.of(1_000)).line(250, 5 * SECOND))
                .isEqualTo("Sending: 250 of 1,000 (25.0%), 50.0/s, 15 s left");
    }

    @Test
    void shouldSayNoEndWhereThereIsNone() {
        assertThat(progress(true, OptionalLong.empty()).line(250, SECOND)).isEqualTo("Sending: 250, 250/s");
    }

    @Test
    void shouldNotDivideByNothing() {
        assertThat(progress(true, OptionalLong.of(0)).line(0, 0)).isEqualTo("Sending: 0 of 0 (100.0%), 0.0/s");
    }

    @Test
    void shouldNotGoBeyondAnEstimatedTotal() {
        assertThat(progress(true, OptionalLong.of(100)).line(103, SECOND))
                .isEqualTo("Sending: 103 of 103 (100.0%), 103/s");
    }

    @Test
    void shouldDrawAtMostTenTimesASecond() {
        Progress progress = progress(true, OptionalLong.empty());

        for (now = 0; now < SECOND; now += SECOND / 1_000) {
            progress.update(1);
        }

        assertThat(drawn.toString().split("\r")).hasSize(11);
    }

    @Test
    void shouldStaySilentWhereNobodyLooks() {
        try (Progress progress = progress(false, OptionalLong.of(10))) {
            progress.update(5);
        }

        assertThat(drawn.toString()).isEmpty();
    }
}
