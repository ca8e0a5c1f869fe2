package io.oodmonitor.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StyleTest {

    @Test
    void shouldColourOnATerminalOnly() {
        assertThat(Style.of(true, Map.of("TERM", "xterm"))).isEqualTo(Style.COLOURED);
        assertThat(Style.of(false, Map.of("TERM", "xterm"))).isEqualTo(Style.PLAIN);
    }

    @Test
    void shouldRespectNoColorAndDumbTerminals() {
        assertThat(Style.of(true, Map.of("NO_COLOR", "1"))).isEqualTo(Style.PLAIN);
        assertThat(Style.of(true, Map.of("NO_COLOR", ""))).isEqualTo(Style.COLOURED);
        assertThat(Style.of(true, Map.of("TERM", "dumb"))).isEqualTo(Style.PLAIN);
    }

    @Test
    void shouldLeaveWordsAloneWithoutColours() {
        assertThat(Style.PLAIN.red("OUT")).isEqualTo("OUT");
        assertThat(Style.COLOURED.red("OUT")).isEqualTo("\u001b[31mOUT\u001b[0m");
    }

    @Test
    void shouldMakeWhatATerminalWouldObeyVisible() {
        assertThat(Printable.of("a\u001b[2Jb\nc\u202ed")).isEqualTo("a?[2Jb?c?d");
        assertThat(Printable.of("K\u00e4fer \u87ba\u6bcd")).isEqualTo("K\u00e4fer \u87ba\u6bcd");
    }

    @Test
    void shouldShowAnyShareAtAll() {
        assertThat(Bar.of(0, 10)).isEqualTo("[..........]");
        assertThat(Bar.of(0.001, 10)).isEqualTo("[#.........]");
        assertThat(Bar.of(0.5, 10)).isEqualTo("[#####.....]");
        assertThat(Bar.of(1.5, 10)).isEqualTo("[##########]");
    }
}
