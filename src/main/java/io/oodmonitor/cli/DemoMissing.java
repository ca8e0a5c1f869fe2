package io.oodmonitor.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Stands in for the demo where the jar that has it is left out. */
@Command(name = DemoMissing.NAME, hidden = true)
final class DemoMissing implements Callable<Integer> {

    static final String NAME = "demo";

    @Unmatched
    private List<String> arguments;

    @Override
    public Integer call() {
        throw new CommandFailure("The demo needs the embedded services, but they are not on the class path: "
                + "add the jars of target/app/lib-embedded.");
    }
}
