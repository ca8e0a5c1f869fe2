package io.oodmonitor.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeedRangeTest {

    @Test
    void shouldNeverGiveOneSeedToTwoUses() {
        SeedRange[] ranges = SeedRange.values();
        for (int i = 0; i < ranges.length; i++) {
            for (int j = i + 1; j < ranges.length; j++) {
                assertThat(ranges[i].seed(SeedRange.SIZE - 1)).isLessThan(ranges[j].seed(0));
            }
        }
    }

    @Test
    void shouldCountSeedsFromItsBase() {
        assertThat(SeedRange.DEMO.seed(5)).isEqualTo(SeedRange.DEMO.base() + 5);
    }

    @Test
    void shouldRefuseAnIndexOutsideTheRange() {
        assertThatThrownBy(() -> SeedRange.FIT.seed(-1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("index of a seed must be from 0").hasMessageContaining("-1");
        assertThatThrownBy(() -> SeedRange.FIT.seed(SeedRange.SIZE)).isInstanceOf(IllegalArgumentException.class);
    }
}
