package io.oodmonitor.cli;

import io.oodmonitor.cli.text.Progress;
import io.oodmonitor.cli.text.Terminals;
import java.io.PrintWriter;
import java.util.OptionalLong;

/** Progress of a work of several steps, one after the other: the line of one goes when the next begins. */
final class Steps implements AutoCloseable {

    private final PrintWriter err;
    private String step;
    private Progress progress;

    Steps(PrintWriter err) {
        this.err = err;
    }

    /** So much of a step is done. */
    void at(String name, OptionalLong total, long done) {
        if (!name.equals(step)) {
            close();
            step = name;
            progress = new Progress(err, Terminals.err(), name, total);
        }
        progress.update(done);
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
