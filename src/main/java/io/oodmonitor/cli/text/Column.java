package io.oodmonitor.cli.text;

/**
 * A column of a table.
 *
 * @param width what it has at least, in characters; more once a cell needs more
 * @param right true for numbers, which stand at the right
 */
public record Column(String title, int width, boolean right) {

    /** Text, at the left. */
    public static Column text(String title, int width) {
        return new Column(title, width, false);
    }

    /** A number, at the right. */
    public static Column number(String title, int width) {
        return new Column(title, width, true);
    }
}
