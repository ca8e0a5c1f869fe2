package io.oodmonitor.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of options that their types do not make. */
final class Arguments {

    private Arguments() {}

    /** @throws ParameterException if the value is less */
    static void requireAtLeast(CommandSpec spec, String option, long least, long value) {
        require(spec, value >= least, option + " must be at least " + least + ", but is " + value);
    }

    /** @throws ParameterException with this sentence, unless it holds */
    static void require(CommandSpec spec, boolean holds, String sentence) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }
}
