package io.oodmonitor.demo;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.cli.CommandFailure;
import io.oodmonitor.cli.DurationConverter;
import io.oodmonitor.cli.Home;
import io.oodmonitor.cli.LocalServices;
import io.oodmonitor.cli.Report;
import io.oodmonitor.cli.StopSignal;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.cli.text.Terminals;
import io.oodmonitor.render.PartClass;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the whole of it at work, on a broker and a registry of its own. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Shows the monitor at work, with nothing else running.",
            "Starts a Kafka broker and a schema registry in this process, calibrates the shipped model, then sends what "
            + "three cameras over a conveyor see, and every nine seconds something that they should never see, until "
            + "Ctrl-C. At the end it accounts for every image."},
        optionListHeading = "%nOptions:%n", footerHeading = "%nExamples:%n",
        footer = {"  ood-monitor demo",
            "  ood-monitor demo --duration 60s --report demo.json",
            "  ood-monitor demo --bundle my-parts",
            "",
            "While it runs, in another terminal:",
            "  ood-monitor watch rate-alerts",
            "and in a browser the dashboard:",
            "  http://127.0.0.1:8080"})
final class DemoCommand implements Callable<Integer> {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec;

    @Option(names = {"-d", "--duration"}, paramLabel = "TIME", converter = DurationConverter.class,
            description = "How long to send images, as in 60s, 10m, 2h; until Ctrl-C if it is not given.")
    private Duration duration;

    @Option(names = "--bundle", paramLabel = "FOLDER", defaultValue = "models/parts",
            description = "Watch this bundle, fitted on the same parts (default: the shipped one).")
    private Path bundle;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the figures to this file, as JSON.")
    private Path report;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "90", showDefaultValue = Visibility.ALWAYS,
            description = "Images per second, of all cameras together, from 1 to 300.")
    private int rate;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", showDefaultValue = Visibility.ALWAYS,
            description = "Which pictures to draw, from 0 to 1000000.")
    private int seed;

    @Override
    public Integer call() throws Exception {
        require(rate >= 1 && rate <= 300, "--rate must be from 1 to 300, but is " + rate);
        require(seed >= 0 && seed <= 1_000_000, "--seed must be from 0 to 1000000, but is " + seed);
        Path found = Home.resolve(bundle);
        List<String> classes = Bundle.read(found).classes();
        if (!Set.copyOf(classes).equals(Set.copyOf(PartClass.labels()))) {
            throw new CommandFailure("The demo draws " + String.join(", ", PartClass.labels()) + ", but the classes of "
                    + found + " are " + String.join(", ", classes));
        }
        LocalServices services = LocalServices.find().orElseThrow(() -> new CommandFailure(
                "The demo needs the jars of target/app/lib-embedded on the class path"));
        PrintWriter out = spec.commandLine().getOut();
        Summary summary = run(services, found, out);
        summary.lines(Style.ofOutput()).forEach(out::println);
        out.flush();
        if (report != null) {
            Report.write(report, summary.json());
        }
        return summary.totals().lost() == 0 && summary.totals().duplicated() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Summary run(LocalServices services, Path found, PrintWriter out) throws Exception {
        try (StopSignal stop = StopSignal.listen(STOP_PATIENCE);
                Board board = Terminals.out() ? new ScreenBoard(Style.ofOutput()) : new LineBoard(out);
                Demo demo = new Demo(services, found, new Script(Optional.ofNullable(duration)), rate, seed, board)) {
            demo.run(stop);
            return demo.summary();
        }
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }
}
