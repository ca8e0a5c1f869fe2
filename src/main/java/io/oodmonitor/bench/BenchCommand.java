package io.oodmonitor.bench;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.cli.CommandFailure;
import io.oodmonitor.cli.DurationConverter;
import io.oodmonitor.cli.Home;
import io.oodmonitor.cli.LocalServices;
import io.oodmonitor.cli.RenderedImages;
import io.oodmonitor.cli.RenderedImages.Purpose;
import io.oodmonitor.cli.Report;
import io.oodmonitor.cli.StopSignal;
import io.oodmonitor.cli.text.Style;
import io.oodmonitor.dataset.Dataset;
import java.io.IOException;
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

/** Measures the monitor on this machine, and what bounds it. */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Measures how fast the monitor is on this machine, and how fast it could be.",
            "First what bounds it, each alone: the network in bare ONNX Runtime, decoding, the broker, a Kafka Streams "
            + "topology that only copies. Then the stream end to end, exactly once, on a Kafka broker in this "
            + "process: how many images it takes, what it costs for an image, how long a verdict takes at 25, 50 and "
            + "80% of that. At the end it says what holds it back and which settings did best. Nothing else should be "
            + "running meanwhile."},
        optionListHeading = "%nOptions:%n", exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured, and every image came out exactly once",
            "1:failed or stopped, or an image was lost or doubled", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {"  The shipped bundle on drawn parts:",
            "    ood-monitor bench",
            "  Your bundle on your images, longer, with the figures in a file and a plot beside it:",
            "    ood-monitor bench --bundle my-bundle --images photos/ --duration 20s --report bench.json"})
final class BenchCommand implements Callable<Integer> {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final int DRAWN = 256;

    @Spec
    private CommandSpec spec;

    @Option(names = "--bundle", paramLabel = "FOLDER", defaultValue = "models/parts",
            description = "The bundle to measure (default: the shipped one).")
    private Path bundle;

    @Option(names = "--images", paramLabel = "PATH", description = "Measure with the first images of this folder, "
            + "archive or file (1,000 or 64 MiB of them), used over and over. Without it: drawn parts for a bundle of "
            + "the shipped classes, noise for any other.")
    private Path images;

    @Option(names = {"-d", "--duration"}, paramLabel = "TIME", converter = DurationConverter.class, defaultValue = "3s",
            showDefaultValue = Visibility.ALWAYS,
            description = "How long each of about forty measurements takes, from 1s to 1h.")
    private Duration duration;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the figures to this file, as JSON, "
            + "and a plot of them beside it, as PNG.")
    private Path report;

    @Override
    public Integer call() throws Exception {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(Duration.ofHours(1)) > 0) {
            throw new ParameterException(spec.commandLine(),
                    "--duration must be from 1s to 1h, but is " + duration.toSeconds() + "s");
        }
        Bundle found = Bundle.read(Home.resolve(bundle));
        LocalServices services = LocalServices.find().orElseThrow(() -> new CommandFailure(
                "The bench needs the jars of target/app/lib-embedded on the class path"));
        Workload workload = workload(found);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (workload.leftOut() > 0) {
            err.println("Left out: " + workload.leftOut() + " of the images of " + workload.name() + ", which cannot "
                    + "be read.");
        }
        BenchResult result;
        try (StopSignal stop = StopSignal.listen(STOP_PATIENCE)) {
            result = new Bench(services, found, workload, duration, new Guard(stop), new Steps(err)).run();
        }
        out.println();
        new BenchTable(result, Style.ofOutput()).lines().forEach(out::println);
        out.flush();
        if (report != null) {
            Report.write(report, new BenchJson(result).json());
            String name = report.getFileName().toString();
            new BenchPlot(result).write(report.resolveSibling(name.replaceFirst("(.)\\.[^.]*$", "$1") + ".png"));
        }
        return result.totals().isExact() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Workload workload(Bundle found) throws IOException {
        if (images != null) {
            return Workload.of(Dataset.open(images), Integer.MAX_VALUE);
        }
        Optional<RenderedImages> renderer = RenderedImages.find();
        if (renderer.isPresent()) {
            Dataset drawn = renderer.get().draw(List.of(), Purpose.JUDGE, 0);
            if (Set.copyOf(drawn.classNames()).equals(Set.copyOf(found.classes()))) {
                return Workload.of(drawn, DRAWN);
            }
        }
        return Workload.noise(found.framing());
    }
}
