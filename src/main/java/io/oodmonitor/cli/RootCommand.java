package io.oodmonitor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(name = "ood-monitor", mixinStandardHelpOptions = true, versionProvider = Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Watches the images that an image classifier gets on Kafka, and tells those that it was "
                + "never made for: every image gets one calibrated verdict, exactly once."},
        optionListHeading = "%nOptions:%n", commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done",
            "1:failed; one sentence on standard error says why", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {"  See it work, with nothing else running:",
            "    ood-monitor demo",
            "  A monitor with a broker and a registry of its own:",
            "    ood-monitor run",
            "  A monitor on your cluster:",
            "    ood-monitor run --config my.conf",
            "  Send it the images of a folder, see what is out of distribution:",
            "    ood-monitor send photos/",
            "    ood-monitor watch alerts",
            "",
            "ood-monitor COMMAND --help says more about a command."})
final class RootCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--log-level", scope = ScopeType.INHERIT, paramLabel = "LEVEL",
            description = "How much to log on standard error: error, warn, info, debug or trace.")
    void logLevel(LogLevel level) {
        System.setProperty("ood.log.level", level.name());
    }

    @Option(names = "--log-format", scope = ScopeType.INHERIT, paramLabel = "FORMAT",
            description = "What the log looks like: text, or json, one object a line. With json, run tells in the log "
                    + "what else it prints.")
    void logFormat(LogFormat format) {
        format.use();
    }

    @Option(names = "--debug", scope = ScopeType.INHERIT,
            description = "When something fails, show where in the program.")
    void debug(boolean wanted) {
        System.setProperty(Failures.DEBUG, Boolean.toString(wanted));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
