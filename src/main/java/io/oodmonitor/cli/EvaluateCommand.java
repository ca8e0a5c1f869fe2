package io.oodmonitor.cli;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.dataset.Dataset;
import io.oodmonitor.evaluation.EvaluatedSet;
import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.Methods;
import io.oodmonitor.inference.Labels;
import io.oodmonitor.inference.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "evaluate", mixinStandardHelpOptions = true,
        description = {"Says how well detectors tell a bundle's own images from others: the table of the DICE paper "
                + "(FPR95, AUROC, AUPR, detection error), with the scoring code that the monitor runs.",
            "Every image goes through the network once, whatever the number of methods."},
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  All methods that the bundle has the statistics for:",
            "    ood-monitor evaluate --bundle my-bundle --id test/ --ood textures=dtd/",
            "  DICE at two sparsities against energy, on two sets, with a report to look at:",
            "    ood-monitor evaluate --bundle my-bundle --id test_batch.bin \\",
            "        --ood textures=dtd/ --ood mnist=t10k-images-idx3-ubyte.gz \\",
            "        --methods energy,dice --sparsity 70,90 --html report.html"})
final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--bundle", paramLabel = "FOLDER", defaultValue = "models/parts",
            description = "The bundle (default: the shipped one).")
    private Path folder;

    @Option(names = "--id", required = true, paramLabel = "[NAME=]PATH", description = "In-distribution images that "
            + "fit has not seen: a folder of images or of one folder per class, an archive of such, CIFAR, IDX or MATLAB "
            + "files.")
    private String id;

    @Option(names = "--ood", required = true, paramLabel = "[NAME=]PATH",
            description = "Images of something else; may be given several times.")
    private List<String> ood;

    @Mixin
    private ArchiveOptions archives;

    @Mixin
    private EvaluationRun run;

    @Option(names = "--labels", paramLabel = "FILE", description = "Lines IMAGE,LABEL: the classes of the "
            + "in-distribution images, by index or name (default: the labels that the data set has).")
    private Path labelsFile;

    @Option(names = {"-n", "--limit"}, paramLabel = "N", description = "Use the first so many images of each set: "
            + "of a folder of one folder per class, the first classes.")
    private long limit = Long.MAX_VALUE;

    @Mixin
    private EvaluationOutput output;

    @Override
    public Integer call() throws Exception {
        Arguments.requireAtLeast(spec, "--limit", 1, limit);
        output.prepare();
        Bundle bundle = Bundle.read(Home.resolve(folder));
        NamedDataset inside = named(id);
        List<EvaluatedSet> outside = new ArrayList<>();
        for (String set : ood) {
            outside.add(set(named(set)));
        }
        Arguments.require(spec, Stream.concat(Stream.of(inside.name()), outside.stream().map(EvaluatedSet::name))
                .distinct().count() == outside.size() + 1, "the sets must have names of their own, but are "
                + inside.name() + ", " + outside.stream().map(EvaluatedSet::name).collect(Collectors.joining(", "))
                + ": NAME=PATH gives one");
        Evaluation evaluation =
                run.run(spec, bundle, set(inside), labels(inside, bundle), outside, List.of(Methods.AVAILABLE));
        output.write(evaluation, spec.commandLine().getOut());
        return ExitCode.OK;
    }

    private EvaluatedSet set(NamedDataset set) {
        return new EvaluatedSet(set.name(), Samples.of(set.dataset(), 0, limit));
    }

    private Labels labels(NamedDataset inside, Bundle bundle) throws IOException {
        if (labelsFile != null) {
            return Labels.ofFile(labelsFile, bundle.classes(), set(inside).samples());
        }
        Optional<String> foreign = inside.dataset().classNames().stream()
                .filter(name -> !bundle.classes().contains(name)).findFirst();
        if (foreign.isEmpty()) {
            return Labels.ofDataset(bundle.classes());
        }
        spec.commandLine().getErr().println("The accuracy stays unknown: '" + foreign.get() + "' of " + inside.name()
                + " is no class of the bundle; --labels says which class each image is of.");
        return Labels.unknown();
    }

    private record NamedDataset(String name, Dataset dataset) {
    }

    /** A data set of the command line, [NAME=]PATH. */
    private NamedDataset named(String text) throws IOException {
        int equals = Files.exists(Path.of(text)) ? -1 : text.indexOf('=');
        Dataset dataset = archives.open(Path.of(text.substring(equals + 1)));
        return new NamedDataset(equals > 0 ? text.substring(0, equals) : dataset.name(), dataset);
    }
}
