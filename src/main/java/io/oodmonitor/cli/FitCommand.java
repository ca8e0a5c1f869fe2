package io.oodmonitor.cli;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.dataset.Dataset;
import io.oodmonitor.dataset.TextFile;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.fit.Classifier;
import io.oodmonitor.fit.FitPlan;
import io.oodmonitor.fit.FitResult;
import io.oodmonitor.fit.Fitter;
import io.oodmonitor.inference.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(name = "fit", mixinStandardHelpOptions = true,
        description = {"Makes a bundle of an ONNX classifier and in-distribution images: statistics of its "
                + "features, the detector's mask, a threshold.",
            "The classifier must end in a linear layer (a softmax may follow) and take batches of any size; "
                + "models/README.md says how networks are exported."},
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  Statistics and threshold from the training images:",
            "    ood-monitor fit --model net.onnx --images train/ --preset imagenet \\",
            "        --detector dice@70 --out my-bundle",
            "  A published feature mean, all else from 5,000 training images:",
            "    ood-monitor fit --model net.onnx --images train_first_5000.bin \\",
            "        --preset cifar --feature-mean mean.npy --out my-bundle"})
final class FitCommand implements Callable<Integer> {

    /** Where it is, there is a bundle. */
    private static final String MANIFEST = "bundle.json";

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The classifier, ONNX.")
    private Path model;

    @Option(names = "--images", required = true, paramLabel = "PATH", description = "In-distribution images: a "
            + "folder of images or of one folder per class, an archive of such, CIFAR, IDX or MATLAB files; #PART "
            + "behind it takes a part (cifar-10-binary.tar.gz#train).")
    private Path images;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where to write the bundle.")
    private Path out;

    @Mixin
    private ArchiveOptions archives;

    @Mixin
    private InputOptions input;

    @Option(names = "--logits", paramLabel = "TENSOR", description = "The tensor of the logits, before any softmax "
            + "(default: what the first output with a linear head comes from).")
    private String logits;

    @Option(names = "--features", paramLabel = "TENSOR",
            description = "The tensor of the penultimate features (default: what the head multiplies).")
    private String features;

    @Option(names = "--name", paramLabel = "NAME",
            description = "What verdicts call the model (default: the folder's name).")
    private String name;

    @Option(names = "--version-name", paramLabel = "TEXT",
            description = "What they call its version (default: one made of the content).")
    private String version;

    @Option(names = "--classes", paramLabel = "FILE", description = "Names of the classes, one a line, in the order "
            + "of the outputs (default: the names that the images' folders have, in their order, or numbers).")
    private Path classesFile;

    @Option(names = "--feature-mean", paramLabel = "FILE",
            description = "E[h] over the training set as NumPy .npy (default: taken from the images).")
    private Path featureMean;

    @Option(names = "--detector", paramLabel = "METHOD", defaultValue = "dice@90",
            showDefaultValue = Visibility.ALWAYS, converter = DetectorConverter.class,
            description = {"How the monitor scores: dice@SPARSITY (the paper's 90 for CIFAR, 70 for ImageNet), energy, "
                + "msp, maxlogit, react, dice+react, ash-s, scale, gen, fdbd, knn, vim or mahalanobis; with parameters "
                + "behind an @ (react@95, react@clip=1.5, knn@10, msp@1000)."})
    private Detector detector;

    @Option(names = "--holdout", paramLabel = "SHARE", defaultValue = "0.2", showDefaultValue = Visibility.ALWAYS,
            description = "Share of the images that only the threshold is taken from; 1 is for a detector that needs "
                    + "no more than the --feature-mean given.")
    private double holdOut;

    @Option(names = "--bank", paramLabel = "N", defaultValue = "10000", showDefaultValue = Visibility.ALWAYS,
            description = "How many images' features to keep in the bundle, for knn and vim.")
    private int bank;

    @Option(names = "--unreadable", paramLabel = "SHARE", defaultValue = "0.01", showDefaultValue = Visibility.ALWAYS,
            description = "Share of the images that may be unreadable: they are left out, and counted.")
    private double unreadable;

    @Option(names = "--labels", paramLabel = "FILE", description = "Lines IMAGE,LABEL: the classes of the images, by "
            + "index or name (default: the labels that the data set has).")
    private Path labelsFile;

    @Option(names = "--target", paramLabel = "RATE", defaultValue = "0.05", showDefaultValue = Visibility.ALWAYS,
            description = "Share of in-distribution images that may be flagged.")
    private double target;

    @Option(names = {"-n", "--limit"}, paramLabel = "N", description = "Use the first so many images: of a folder "
            + "of one folder per class, the first classes.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--skip", paramLabel = "N", description = "Leave out so many images at the start.")
    private long skip;

    @Option(names = "--replace", description = "Write over a bundle that is there.")
    private boolean replace;

    @Override
    public Integer call() throws Exception {
        Arguments.requireAtLeast(spec, "--limit", 1, limit);
        Arguments.requireAtLeast(spec, "--skip", 0, skip);
        Classifier classifier = new Classifier(model, Optional.ofNullable(logits), Optional.ofNullable(features),
                input.framing(), input.normalization());
        if (!replace && Files.exists(out.resolve(MANIFEST))) {
            throw new CommandFailure(out + " holds a bundle already: --replace writes over it");
        }
        requireInputsApart();
        String called = name == null ? out.toAbsolutePath().normalize().getFileName().toString() : name;
        BundleWriter.check(called, Optional.ofNullable(version), out, replace);
        Dataset dataset = archives.open(images);
        List<String> classes = classesFile == null ? dataset.classNames() : lines(classesFile);
        FitPlan plan = plan(called, classifier, classes);
        FitResult result;
        Samples samples = Samples.of(dataset, skip, limit);
        try (Steps steps = new Steps(spec.commandLine().getErr())) {
            result = new Fitter(plan, new FitSteps(steps, samples.size(), holdOut), Clock.systemUTC()).fit(samples);
        }
        Bundle bundle = replace ? BundleWriter.replace(result.content(), out)
                : BundleWriter.write(result.content(), out);
        conclude(bundle, result);
        return ExitCode.OK;
    }

    private FitPlan plan(String called, Classifier classifier, List<String> classes) throws IOException {
        Optional<FeatureMean> mean = featureMean == null ? Optional.empty()
                : Optional.of(FeatureMean.read(featureMean));
        return new FitPlan(called, Optional.ofNullable(version), classifier, classes, Optional.ofNullable(labelsFile),
                detector, mean, holdOut, target, bank, unreadable);
    }

    /** Else a classifier that is called model.onnx would be gone, and what is made of it in its place. */
    private void requireInputsApart() throws IOException {
        for (Path input : Stream.of(model, featureMean, labelsFile, classesFile).filter(Objects::nonNull).toList()) {
            for (Path written : BundleWriter.files(out)) {
                if (Files.exists(input) && Files.exists(written) && Files.isSameFile(input, written)) {
                    throw new CommandFailure("The bundle would be written over " + input
                            + ": --out must be another folder");
                }
            }
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return TextFile.lines(file).stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private void conclude(Bundle bundle, FitResult result) {
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.println("Wrote " + out + ": " + bundle.name() + " " + bundle.version() + ", detector "
                + InspectCommand.detector(bundle) + ".");
        String statistics = Stream.of(
                featureMean == null ? "" : featureMean.toString(),
                result.fitted() == 0 ? "" : Numbers.count(result.fitted(), "image"))
                .filter(source -> !source.isEmpty()).collect(Collectors.joining(" and "));
        terminal.println(String.format(Locale.ROOT, "Statistics from %s, threshold %.4f from %s for %s false alarms%s.",
                statistics, result.threshold().threshold().threshold(),
                Numbers.count(result.heldOut(), result.fitted() == 0 ? "image" : "other image"),
                Numbers.percent(target), result.threshold().accuracy().isPresent()
                        ? ", accuracy " + Numbers.percent(result.threshold().accuracy().getAsDouble()) : ""));
        result.unreadable().first().ifPresent(first -> terminal.println(
                Numbers.count(result.unreadable().count(), "image") + " could not be read and "
                        + (result.unreadable().count() == 1 ? "was" : "were") + " left out; the first is "
                        + first + "."));
    }

    /** Names to detectors. */
    static final class DetectorConverter implements ITypeConverter<Detector> {

        @Override
        public Detector convert(String name) {
            try {
                return Detector.parse(name);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
