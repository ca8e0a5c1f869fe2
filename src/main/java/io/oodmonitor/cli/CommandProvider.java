package io.oodmonitor.cli;

/** A command from another jar, found by {@link java.util.ServiceLoader}. */
public interface CommandProvider {

    /** A new object with picocli's annotations. */
    Object command();
}
