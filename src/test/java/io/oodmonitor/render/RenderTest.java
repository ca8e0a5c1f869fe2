package io.oodmonitor.render;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RenderTest {

    @Test
    void shouldRefusePixelsOfAnotherSize() {
        assertThatThrownBy(() -> new Render(new byte[5], 90)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rgb must hold 12288 levels, but holds 5");
    }

    @Test
    void shouldRefuseAnImpossibleQuality() {
        assertThatThrownBy(() -> new Render(new byte[64 * 64 * 3], 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quality must be from 1 to 100, but is 0");
    }
}
