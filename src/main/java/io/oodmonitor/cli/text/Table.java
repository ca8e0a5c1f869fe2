package io.oodmonitor.cli.text;

import java.util.ArrayList;
import java.util.List;

/** A table that is known whole before it is printed. Not thread-safe. */
public final class Table {

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row of as many cells as there are columns. */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The titles, in bold, and the rows. */
    public List<String> lines(Style style) {
        Lines lines = new Lines(columns);
        // Once through, so that every column is as wide as its widest cell before the first line is made.
        rows.forEach(lines::line);
        List<String> all = new ArrayList<>();
        all.add(style.bold(lines.header()));
        rows.forEach(row -> all.add(lines.line(row)));
        return all;
    }
}
