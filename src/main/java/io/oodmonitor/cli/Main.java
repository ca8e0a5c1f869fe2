package io.oodmonitor.cli;

import io.oodmonitor.catalog.Catalog;
import java.io.PrintWriter;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Interruption.endsProcess();
        int code = execute(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
        System.out.flush();
        System.exit(code);
    }

    /**
     * Runs one command.
     *
     * @return the exit code: 0 done, 1 failed, 2 wrong usage
     */
    public static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return commandLine().setOut(out).setErr(err).execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine root = new CommandLine(new RootCommand());
        Catalog catalog = Catalog.load();
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            root.addSubcommand(provider.command());
        }
        for (String embedded : List.of("demo", "bench")) {
            if (!root.getSubcommands().containsKey(embedded)) {
                root.addSubcommand(embedded, new EmbeddedMissing(embedded));
            }
        }
        root.addSubcommand(new RunCommand(LocalServices::find))
                .addSubcommand(new SendCommand())
                .addSubcommand(new WatchCommand())
                .addSubcommand(new ForwardCommand())
                .addSubcommand(new TopicsCommand())
                .addSubcommand(new InspectCommand())
                .addSubcommand(new FitCommand())
                .addSubcommand(new EvaluateCommand())
                .addSubcommand(new DatasetsCommand(catalog))
                .addSubcommand(new ReproduceCommand(catalog));
        return root.setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setExecutionExceptionHandler(Failures::executing)
                .setParameterExceptionHandler(Failures::parsing);
    }
}
