package io.oodmonitor.cli.text;

import java.util.List;

/**
 * Aligned lines, one at a time: for what comes without end. A column grows with its widest cell so far and never
 * shrinks, so that lines stay aligned once they are. Not thread-safe.
 */
public final class Lines {

    private static final String GAP = "  ";
    /** A longer cell pushes its own line aside, not all that follow. */
    private static final int WIDEST = 44;

    private final List<Column> columns;
    private final int[] widths;

    public Lines(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.widths = columns.stream().mapToInt(column -> Math.max(column.width(), Style.width(column.title())))
                .toArray();
    }

    /** The columns' titles. */
    public String header() {
        return line(columns.stream().map(Column::title).toList());
    }

    /** One line of as many cells as there are columns; nothing behind the last letter. */
    public String line(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "A line must have " + columns.size() + " cells, but has " + cells.size());
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            int width = Style.width(cells.get(i));
            widths[i] = Math.max(widths[i], Math.min(width, WIDEST));
            String padding = " ".repeat(Math.max(0, widths[i] - width));
            line.append(i == 0 ? "" : GAP)
                    .append(columns.get(i).right() ? padding + cells.get(i) : cells.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }
}
