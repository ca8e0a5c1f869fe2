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
import io.oodmonitor.scoring.device.Device;
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
            "First what bounds it, each alone: the network in bare ONNX Runtime, decoding, a loop of both, the broker, a "
            + "Kafka Streams topology that only copies. Then the stream end to end, exactly once, on a Kafka broker in "
            + "this process: how many images it takes, what it costs for an image, how long a verdict takes at 25, 50 and "
            + "80%% of that. At the end it says what holds it back and which settings did best. Nothing else should be "
            + "running meanwhile."},
        optionListHeading = "%nOptions:%n", exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured, and every image came out exactly once",
            "1:failed or stopped, an image was lost or doubled, or memory grew", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {"  The shipped bundle on drawn parts:",
            "    ood-monitor bench",
            "  Your bundle on your images, longer, with the figures in a file and a plot beside it:",
            "    ood-monitor bench --bundle my-bundle --images photos/ --duration 20s --report bench.json",
            "  Does it hold its memory for half an hour?",
            "    JAVA_OPTS=-Xmx512m ood-monitor bench --images photos/ --soak 30m"})
final class BenchCommand implements Callable<Integer> {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final int DRAWN = 256;
    private static final int SCALING_ROUNDS = 3;

    @Spec
    private CommandSpec spec;

    @Option(names = "--bundle", paramLabel = "FOLDER", defaultValue = "models/parts",
            description = "The bundle to measure (default: the shipped one).")
    private Path bundle;

    @Option(names = "--images", paramLabel = "PATH", description = "Measure with the first images of this folder, "
            + "archive or file (1,000 or 64 MiB of them), used over and over. Without it: drawn parts for a bundle of "
            + "the shipped classes, noise for any other.")
    private Path images;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto", showDefaultValue = Visibility.ALWAYS,
            converter = DeviceConverter.class,
            description = "Where the network runs, bare and in the stream, as the setting scoring.device says it.")
    private Device device;

    @Option(names = {"-d", "--duration"}, paramLabel = "TIME", converter = DurationConverter.class, defaultValue = "3s",
            showDefaultValue = Visibility.ALWAYS,
            description = "How long each of about fifty measurements takes, from 1s to 1h; latency is measured until 1,000 "
                    + "images came, but no more than ten times as long.")
    private Duration duration;

    @Option(names = "--soak", paramLabel = "TIME", converter = DurationConverter.class,
            description = "Measure nothing but memory: the saturated stream as it comes, for so long (10s to 168h). "
                    + "Fails if memory grows, more bytes are in flight than may be, or an image is lost or doubled.")
    private Duration soak;

    @Option(names = "--instances", paramLabel = "NUMBER", description = "Measure nothing but how much more so many "
            + "instances do than one, each a process on a core of its own (by taskset, on Linux).")
    private Integer instances;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the figures to this file, as JSON, "
            + "and (but for --instances) a plot of them beside it, as PNG.")
    private Path report;

    @Override
    public Integer call() throws Exception {
        requireBetween("--duration", duration, Duration.ofSeconds(1), Duration.ofHours(1));
        if (soak != null) {
            requireBetween("--soak", soak, Duration.ofSeconds(10), Duration.ofHours(168));
        }
        int cores = Runtime.getRuntime().availableProcessors();
        if (instances != null && soak != null) {
            throw new ParameterException(spec.commandLine(), "--instances and --soak are two measurements: give one");
        }
        if (instances != null && (instances < 2 || instances > cores)) {
            throw new ParameterException(spec.commandLine(), "--instances must be from 2 to the number of cores, "
                    + cores + ", but is " + instances);
        }
        Bundle found = Bundle.read(Home.resolve(bundle));
        LocalServices services = LocalServices.find().orElseThrow(() -> new CommandFailure(
                "The bench needs the jars of target/app/lib-embedded on the class path"));
        Workload workload = workload(found);
        PrintWriter err = spec.commandLine().getErr();
        if (workload.leftOut() > 0) {
            err.println("Left out: " + workload.leftOut() + " of the images of " + workload.name() + ", which cannot "
                    + "be read.");
        }
        try (StopSignal stop = StopSignal.listen(STOP_PATIENCE)) {
            Guard guard = new Guard(stop);
            if (instances != null) {
                return scaled(new Scaling(services, found, device, workload, duration, guard, err)
                        .run(instances, SCALING_ROUNDS));
            }
            if (soak != null) {
                return soaked(new Soak(services, found, device, workload, soak, guard, err).run());
            }
            return measured(new Bench(services, found, device, workload, duration, guard, new Steps(err)).run());
        }
    }

    private void requireBetween(String option, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new ParameterException(spec.commandLine(), option + " must be from " + least.toSeconds() + "s to "
                    + most.toHours() + "h, but is " + value.toSeconds() + "s");
        }
    }

    private int measured(BenchResult result) throws IOException {
        show(new BenchTable(result, Style.ofOutput()).lines());
        if (report != null) {
            Report.write(report, new BenchJson(result).json());
            new BenchPlot(result).write(plot());
        }
        return result.totals().isExact() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int soaked(SoakResult result) throws IOException {
        show(new SoakTable(result, Style.ofOutput()).lines());
        if (report != null) {
            Report.write(report, new SoakJson(result).json());
            new SoakPlot(result).write(plot());
        }
        return result.isPassed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int scaled(ScalingResult result) throws IOException {
        show(new ScalingTable(result).lines());
        if (report != null) {
            Report.write(report, new ScalingJson(result).json());
        }
        return result.totals().isExact() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void show(List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        lines.forEach(out::println);
        out.flush();
    }

    private Path plot() {
        String name = report.getFileName().toString();
        return report.resolveSibling(name.replaceFirst("(.)\\.[^.]*$", "$1") + ".png");
    }

    private Workload workload(Bundle found) throws IOException {
        long bytes = soak == null ? Workload.MOST_BYTES : Soak.IMAGE_BYTES;
        if (images != null) {
            return Workload.of(Dataset.open(images), Integer.MAX_VALUE, bytes);
        }
        Optional<RenderedImages> renderer = RenderedImages.find();
        if (renderer.isPresent()) {
            Dataset drawn = renderer.get().draw(List.of(), Purpose.JUDGE, 0);
            if (Set.copyOf(drawn.classNames()).equals(Set.copyOf(found.classes()))) {
                return Workload.of(drawn, DRAWN, bytes);
            }
        }
        return Workload.noise(found.framing());
    }
}
