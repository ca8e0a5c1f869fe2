package io.oodmonitor.cli;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleContent;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.catalog.Catalog;
import io.oodmonitor.catalog.DataFolder;
import io.oodmonitor.catalog.Experiment;
import io.oodmonitor.catalog.ResolvedSet;
import io.oodmonitor.dataset.Dataset;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.evaluation.EvaluatedSet;
import io.oodmonitor.fit.Classifier;
import io.oodmonitor.fit.FitPlan;
import io.oodmonitor.fit.Fitter;
import io.oodmonitor.inference.Labels;
import io.oodmonitor.inference.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "reproduce", mixinStandardHelpOptions = true,
        description = {"Runs a published experiment of DICE whole, on the data sets that are there, and says what is "
                + "missing: fits the network as published, then evaluates it (tables 1 and 2 of the paper).",
            "'ood-monitor datasets' lists and fetches the data sets; models/README.md says how the networks are made."},
        parameterListHeading = "%n", optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  With the data sets and networks in their places:",
            "    ood-monitor reproduce cifar10 --html cifar10.html",
            "  With a network from elsewhere, on the first 1,000 images of each set:",
            "    ood-monitor reproduce cifar10 -n 1000 \\",
            "        --model net.onnx --feature-mean mean.npy"})
final class ReproduceCommand implements Callable<Integer> {

    /** Below the data folder. */
    private static final Path NETWORKS = Path.of("networks");

    private static final double TARGET_FALSE_ALARM_RATE = 0.05;
    private static final double HELD_OUT = 0.1;
    private static final int BANK = 50_000;

    private final Catalog catalog;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "EXPERIMENT", description = "cifar10, cifar100 or imagenet.")
    private String name;

    @Mixin
    private DataOption dataOption;

    @Option(names = "--model", paramLabel = "FILE", description = "The network (default: the one in "
            + "networks/ below the data folder).")
    private Path model;

    @Option(names = "--feature-mean", paramLabel = "FILE", description = "The published E[h] (default: the one in "
            + "networks/; without it, it is taken from the training images).")
    private Path featureMean;

    @Option(names = {"-n", "--limit"}, paramLabel = "N", description = "Use the first so many images of each set: "
            + "of a folder of one folder per class, the first classes.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Keep the fitted bundle there.")
    private Path out;

    @Mixin
    private EvaluationRun run;

    @Mixin
    private EvaluationOutput output;

    ReproduceCommand(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Integer call() throws Exception {
        Arguments.requireAtLeast(spec, "--limit", 1, limit);
        Experiment experiment = catalog.experiment(name).orElse(null);
        Arguments.require(spec, experiment != null, "EXPERIMENT must be one of "
                + catalog.experiments().stream().map(Experiment::name).collect(Collectors.joining(", ")) + ", but is "
                + name);
        output.prepare();
        if (out != null) {
            BundleWriter.check(experiment.name(), Optional.empty(), out, false);
        }
        DataFolder data = dataOption.folder();
        Path network = placed(model, data, experiment.network()).orElseThrow(() -> new CommandFailure(
                "The network of " + experiment.title() + " is not at " + data.root().resolve(NETWORKS)
                        .resolve(experiment.network()) + ": models/README.md says how it is made, or name one with "
                        + "--model"));
        List<ResolvedSet> sets = experiment.resolve(data);
        PrintWriter err = spec.commandLine().getErr();
        sets.forEach(set -> set.problem().ifPresent(problem -> err.println("Missing or different: " + problem)));
        Dataset test = sets.get(1).dataset().orElseThrow(() -> new CommandFailure(
                "Nothing can be reproduced without the in-distribution test images: "
                        + sets.get(1).problem().orElse("")));
        List<EvaluatedSet> ood = sets.stream().skip(2).filter(set -> set.dataset().isPresent())
                .map(set -> new EvaluatedSet(set.use().set().name(), samples(set.dataset().get()))).toList();
        if (ood.isEmpty()) {
            throw new CommandFailure("Nothing can be reproduced without any of the out-of-distribution sets");
        }
        try (ScratchFolder scratch = ScratchFolder.create("ood-monitor-reproduce")) {
            Bundle bundle = fit(experiment, network, placed(featureMean, data, experiment.featureMean()),
                    sets.get(0).dataset(), test, out == null ? scratch.path().resolve(experiment.name()) : out);
            output.write(run.run(spec, bundle, new EvaluatedSet(experiment.test().set().name(), samples(test)),
                    Labels.ofDataset(bundle.classes()), ood, methods(experiment, bundle)), spec.commandLine().getOut());
        }
        return ExitCode.OK;
    }

    /** The file named by an option, or else the one in its place, if it is there. */
    private static Optional<Path> placed(Path named, DataFolder data, String file) {
        if (named != null && !Files.exists(named)) {
            throw new CommandFailure("There is no file " + named);
        }
        return Optional.of(named == null ? data.root().resolve(NETWORKS).resolve(file) : named).filter(Files::exists);
    }

    /** On the training images if they are there; else the published mean must be, and no threshold is kept. */
    private Bundle fit(Experiment experiment, Path network, Optional<Path> mean, Optional<Dataset> train, Dataset test,
                       Path target) throws IOException, InterruptedException {
        if (train.isEmpty() && mean.isEmpty()) {
            throw new CommandFailure("Without training images there must be the published feature mean: "
                    + "--feature-mean");
        }
        Preset preset = experiment.name().equals("imagenet") ? Preset.IMAGENET : Preset.CIFAR;
        Dataset images = train.orElse(test);
        double heldOut = train.isPresent() ? HELD_OUT : 1;
        FitPlan plan = new FitPlan(experiment.name(), Optional.empty(),
                Classifier.of(network, preset.framing(), preset.normalization()), images.classNames(), Optional.empty(),
                Detector.parse("dice@" + experiment.sparsity()),
                mean.isPresent() ? Optional.of(FeatureMean.read(mean.get())) : Optional.empty(), heldOut,
                TARGET_FALSE_ALARM_RATE, BANK, 0);
        try (Steps steps = new Steps(spec.commandLine().getErr())) {
            Samples samples = samples(images);
            BundleContent content = new Fitter(plan, new FitSteps(steps, samples.size(), heldOut), Clock.systemUTC())
                    .fit(samples).content();
            return BundleWriter.write(train.isPresent() ? content : content.withoutThreshold(), target);
        }
    }

    /** Those of the paper's table, as far as inference can do them. */
    private static List<String> methods(Experiment experiment, Bundle bundle) {
        List<String> methods = new ArrayList<>(List.of("msp", "msp@1000", "energy"));
        if (bundle.hasFeatureStatistics()) {
            methods.addAll(List.of("mahalanobis", "react"));
        }
        methods.add("dice");
        experiment.clipped().forEach(clipped ->
                methods.add(Detector.parse("dice@" + clipped.sparsity() + "+react@clip=" + clipped.clip()).name()));
        return methods;
    }

    private Samples samples(Dataset dataset) {
        return Samples.of(dataset, 0, limit);
    }
}
