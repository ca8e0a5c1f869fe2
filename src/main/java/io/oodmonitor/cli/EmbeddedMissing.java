package io.oodmonitor.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Stands in for a command that brings services of its own, where the jar that has it is left out. */
@Command(hidden = true)
final class EmbeddedMissing implements Callable<Integer> {

    private final String name;

    @Unmatched
    private List<String> arguments;

    EmbeddedMissing(String name) {
        this.name = name;
    }

    @Override
    public Integer call() {
        throw new CommandFailure("The " + name + " needs the embedded services, but they are not on the class path: "
                + "add the jars of target/app/lib-embedded.");
    }
}
