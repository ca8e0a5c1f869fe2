package io.oodmonitor.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    private final Lines lines = new Lines(List.of(Column.text("ID", 4), Column.number("N", 3), Column.text("", 0)));

    @Test
    void shouldAlignTextLeftAndNumbersRight() {
        assertThat(lines.header()).isEqualTo("ID      N");
        assertThat(lines.line(List.of("a", "7", "x"))).isEqualTo("a       7  x");
    }

    @Test
    void shouldGrowAColumnAndKeepItWide() {
        lines.line(List.of("abcdef", "7", ""));

        assertThat(lines.line(List.of("a", "7", "x"))).isEqualTo("a         7  x");
    }

    @Test
    void shouldNotLetOneVeryLongCellMoveAllThatFollow() {
        assertThat(lines.line(List.of("a".repeat(200), "7", ""))).startsWith("a".repeat(200) + "    7");

        assertThat(lines.line(List.of("a", "7", ""))).hasSizeLessThan(60);
    }

    @Test
    void shouldNotCountColours() {
        String plain = lines.line(List.of("ab", "7", "x"));

        assertThat(lines.line(List.of(Style.COLOURED.red("ab"), "7", "x")).replaceAll("\u001b\\[[0-9]+m", ""))
                .isEqualTo(plain);
    }

    @Test
    void shouldRefuseALineOfAnotherLength() {
        assertThatThrownBy(() -> lines.line(List.of("a"))).hasMessage("A line must have 3 cells, but has 1");
    }

    @Test
    void shouldMakeATableAsWideAsItsWidestCells() {
        Table table = new Table(Column.text("TOPIC", 0), Column.number("N", 0)).row("images", "4").row("x", "1234");

        assertThat(table.lines(Style.PLAIN)).containsExactly("TOPIC      N", "images     4", "x       1234");
    }
}
