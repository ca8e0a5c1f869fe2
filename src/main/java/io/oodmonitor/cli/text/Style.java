package io.oodmonitor.cli.text;

import java.util.Map;
import java.util.regex.Pattern;

/** Colours where they are welcome, plain words elsewhere. Immutable. */
public enum Style {
    /** Words only. */
    PLAIN,
    /** ANSI colours. */
    COLOURED;

    private static final Pattern CODES = Pattern.compile("\u001b\\[[0-9;]*m");

    /** Colours on a terminal, unless NO_COLOR is set to anything or TERM is dumb (no-color.org). */
    public static Style of(boolean terminal, Map<String, String> environment) {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return terminal && !refused ? COLOURED : PLAIN;
    }

    /** The style of standard output. */
    public static Style ofOutput() {
        return of(Terminals.out(), System.getenv());
    }

    public String red(String text) {
        return wrap("31", text);
    }

    public String green(String text) {
        return wrap("32", text);
    }

    public String yellow(String text) {
        return wrap("33", text);
    }

    public String bold(String text) {
        return wrap("1", text);
    }

    public String dim(String text) {
        return wrap("2", text);
    }

    private String wrap(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }

    /** How many columns a text takes on a terminal, in characters: colours take none. */
    public static int width(String text) {
        String visible = text.indexOf('\u001b') < 0 ? text : CODES.matcher(text).replaceAll("");
        return visible.codePointCount(0, visible.length());
    }
}
