package io.oodmonitor.cli.text;

/** Which of the two outputs somebody looks at. The launcher knows, and says so in system properties. */
public final class Terminals {

    private static final String OUT = "ood.terminal.out";
    private static final String ERR = "ood.terminal.err";

    private Terminals() {}

    /** True if standard output is a terminal. */
    public static boolean out() {
        return Boolean.getBoolean(OUT);
    }

    /** True if standard error is a terminal. */
    public static boolean err() {
        return Boolean.getBoolean(ERR);
    }
}
