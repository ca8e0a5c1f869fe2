package io.oodmonitor.demo;

import io.oodmonitor.cli.CommandProvider;

/** Brings the demo to the command line. */
public final class DemoProvider implements CommandProvider {

    @Override
    public Object command() {
        return new DemoCommand();
    }
}
