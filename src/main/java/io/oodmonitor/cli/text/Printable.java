package io.oodmonitor.cli.text;

import java.util.regex.Pattern;

/** Text that somebody else wrote, for a terminal. */
public final class Printable {

    /** What a terminal would obey, and what would break a line. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\p{Cf}\u2028\u2029]");

    private Printable() {}

    /** The text with a question mark for every control character. */
    public static String of(String text) {
        return CONTROLS.matcher(text).replaceAll("?");
    }
}
