package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void shouldNameTheLowest() {
        assertThat(new Limits(200, 1_000, 150, 30_000, 20_000).lowest()).isEqualTo(new Limits.Limit("network", 200));
        assertThat(new Limits(200, 100, 60, 30_000, 20_000).lowest()).isEqualTo(new Limits.Limit("decode and resize", 100));
        assertThat(new Limits(90_000, 50_000, 40_000, 30_000, 40_000).lowest()).isEqualTo(new Limits.Limit("broker", 30_000));
        assertThat(new Limits(90_000, 50_000, 40_000, 30_000, 20_000).lowest())
                .isEqualTo(new Limits.Limit("copying topology", 20_000));
    }

    @Test
    void shouldAddTimesWhereTheyShareTheCores() {
        // 10 ms + 2.5 ms for an image; the broker's part is in the last.
        assertThat(new Limits(200, 200, 100, 1_000, 400).together()).isCloseTo(80, within(1e-9));
    }

    @Test
    void shouldRefuseWhatWasNotMeasured() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(200, 0, 1, 1, 1))
                .withMessage("the limit decode must be above 0, but is 0.0");
    }
}
