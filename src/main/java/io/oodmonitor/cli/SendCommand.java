package io.oodmonitor.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.cli.RenderedImages.Purpose;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Progress;
import io.oodmonitor.cli.text.Terminals;
import io.oodmonitor.dataset.Dataset;
import io.oodmonitor.dataset.Sample;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.stream.MonitorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "send", mixinStandardHelpOptions = true,
        description = {"Sends images to the monitor: from a folder, an archive, CIFAR, IDX or MATLAB files, or drawn.",
            "An image's id is its path below the folder, or FILE/INDEX: the same at every sending."},
        parameterListHeading = "%n", optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  Images to be judged:",
            "    ood-monitor send photos/ --source line-2",
            "  Labelled images that set the threshold:",
            "    ood-monitor send test_batch.bin -n 1000 --to calibration --bundle my-bundle",
            "  Drawn parts until Ctrl-C, then something wrong with the camera:",
            "    ood-monitor send --render --rate 20/s",
            "    ood-monitor send --render --kind smeared-lens --limit 100"})
final class SendCommand implements Callable<Integer> {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);

    /** Where to. */
    enum Target {
        images, calibration
    }

    /** Where from: one of them. */
    static final class From {

        @Parameters(paramLabel = "PATH", description = "Folder of images or of one folder per class (JPEG, PNG, BMP, "
                + "WebP), a tar, tar.gz or zip of such, CIFAR-10 or CIFAR-100, IDX or MATLAB file; #PART behind it takes "
                + "a part.")
        private Path path;

        @Option(names = "--render", description = "Draw parts as the shipped model knows them.")
        private boolean render;
    }

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private From from;

    @Mixin
    private ArchiveOptions archives;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--to", paramLabel = "TOPIC", defaultValue = "images", showDefaultValue = Visibility.ALWAYS,
            description = "${COMPLETION-CANDIDATES}: to be judged, or to set the threshold by. Calibration images need "
                    + "labels: their folder's name, or CIFAR's, which must be classes of the bundle.")
    private Target target;

    @Option(names = "--bundle", paramLabel = "FOLDER", description = "The bundle whose class names the labels must be "
            + "(setting bundle; default: the shipped one).")
    private Path bundle;

    @Option(names = "--source", paramLabel = "NAME",
            description = "What to call the images' source (default: the folder's or file's name).")
    private String source;

    @Option(names = "--rate", paramLabel = "N[/s]", converter = RateConverter.class,
            description = "Images per second (default: as fast as the cluster takes them).")
    private Double rate;

    @Option(names = {"-n", "--limit"}, paramLabel = "N", description = "Send so many images at most.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--skip", paramLabel = "N", description = "Leave out so many images at the start.")
    private long skip;

    @Option(names = "--loop", description = "Start again after the last image; ids then end in #2, #3, ...")
    private boolean loop;

    @Option(names = "--kind", paramLabel = "KIND", split = ",", description = "With --render: what to draw, for "
            + "example gear or smeared-lens; may be repeated (default: every class of the shipped model in turn).")
    private List<String> kinds = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "With --render: where to start drawing (default: 0).")
    private long seed;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the figures as JSON, too.")
    private Path report;

    @Override
    public Integer call() throws Exception {
        Arguments.requireAtLeast(spec, "--limit", 1, limit);
        Arguments.requireAtLeast(spec, "--skip", 0, skip);
        Arguments.requireAtLeast(spec, "--seed", 0, seed);
        Arguments.require(spec, from.render || kinds.isEmpty(), "--kind goes with --render only");
        MonitorConfig config = connection.configOrLocal();
        Dataset dataset = open();
        Function<Sample, String> labels = labels(config, dataset);
        String topic = target == Target.images ? config.topics().images() : config.topics().calibrationImages();
        Clients clients = new Clients(config);
        clients.partitions(topic);
        try (Producer<String, ImageEvent> producer = clients.imageProducer(new RegistryClient(config.registry()));
             StopSignal stop = StopSignal.listen(STOP_PATIENCE)) {
            send(dataset, labels, new Delivery(producer, topic), topic, stop);
        }
        return ExitCode.OK;
    }

    private Dataset open() throws IOException {
        if (!from.render) {
            return archives.open(from.path);
        }
        RenderedImages images = RenderedImages.find().orElseThrow(() -> new CommandFailure("Drawing images needs the "
                + "renderer, but it is not on the class path: add the jars of target/app/lib-embedded"));
        kinds.stream().filter(kind -> !images.kinds().contains(kind)).findFirst().ifPresent(kind ->
                Arguments.require(spec, false, "--kind must be one of " + String.join(", ", images.kinds())
                        + ", but is " + kind));
        return images.draw(kinds, target == Target.images ? Purpose.JUDGE : Purpose.CALIBRATE, seed);
    }

    private Function<Sample, String> labels(MonitorConfig config, Dataset dataset) {
        if (target == Target.images) {
            return sample -> sample.label().orElse(null);
        }
        CalibrationLabels labels = CalibrationLabels.of(
                Bundle.read(bundle == null ? config.bundle() : Home.resolve(bundle)));
        labels.check(dataset);
        return labels::of;
    }

    private void send(Dataset dataset, Function<Sample, String> labels, Delivery delivery, String topic,
                      StopSignal stop) throws InterruptedException {
        Pace pace = rate == null ? Pace.unbounded() : Pace.of(rate, System::nanoTime);
        String name = Optional.ofNullable(source).orElse(dataset.name());
        try (Progress progress = new Progress(spec.commandLine().getErr(), Terminals.err(), "Sending to " + topic + ":",
                total(dataset))) {
            long sent = 0;
            for (int round = 1; sent < limit && !stop.isRequested() && (round == 1 || loop && sent > 0); round++) {
                try (Stream<Sample> samples = dataset.samples(skip, limit - sent)) {
                    Iterator<Sample> each = samples.iterator();
                    while (!stop.isRequested() && each.hasNext()) {
                        Sample sample = each.next();
                        if (stop.await(Duration.ofNanos(pace.nanosUntil(sent)))) {
                            break;
                        }
                        delivery.send(SampleEvent.of(sample, round == 1 ? sample.id() : sample.id() + "#" + round, name,
                                labels.apply(sample)));
                        sent++;
                        progress.update(delivery.delivered());
                    }
                }
            }
            delivery.finish();
            conclude(delivery, topic, progress, stop);
        }
    }

    private OptionalLong total(Dataset dataset) {
        if (limit != Long.MAX_VALUE && (loop || from.render)) {
            return OptionalLong.of(limit);
        }
        return loop || from.render ? OptionalLong.empty()
                : OptionalLong.of(Math.min(limit, Math.max(0, dataset.size() - skip)));
    }

    private void conclude(Delivery delivery, String topic, Progress progress, StopSignal stop) {
        progress.close();
        double seconds = progress.elapsed().toNanos() / 1e9;
        double perSecond = delivery.delivered() / seconds;
        spec.commandLine().getOut().println((stop.isRequested() ? "Stopped: " : "") + "Sent "
                + Numbers.count(delivery.delivered(), "image") + " (" + Numbers.bytes(delivery.bytes()) + ") to "
                + topic + " in " + Numbers.duration(progress.elapsed()) + ", " + Numbers.perSecond(perSecond) + ".");
        if (report != null) {
            ObjectNode figures = JsonNodeFactory.instance.objectNode().put("topic", topic)
                    .put("sent", delivery.delivered()).put("bytes", delivery.bytes()).put("seconds", seconds)
                    .put("imagesPerSecond", perSecond);
            Report.write(report, figures);
        }
    }
}
