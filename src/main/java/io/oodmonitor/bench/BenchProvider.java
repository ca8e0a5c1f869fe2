package io.oodmonitor.bench;

import io.oodmonitor.cli.CommandProvider;

/** Brings the bench to the command line. */
public final class BenchProvider implements CommandProvider {

    @Override
    public Object command() {
        return new BenchCommand();
    }
}
