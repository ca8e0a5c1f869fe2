package io.oodmonitor.cli.text;

/** A share as a bar of characters that every terminal has. */
public final class Bar {

    private Bar() {}

    /** A share from 0 to 1: [###.......]; more than nothing never looks like nothing. */
    public static String of(double share, int width) {
        double bounded = Math.max(0, Math.min(1, share));
        int full = bounded == 0 ? 0 : (int) Math.max(1, Math.round(bounded * width));
        return "[" + "#".repeat(full) + ".".repeat(width - full) + "]";
    }
}
