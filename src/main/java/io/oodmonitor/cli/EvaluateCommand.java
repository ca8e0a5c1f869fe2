package io.oodmonitor.cli;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.text.Progress;
import io.oodmonitor.cli.text.Terminals;
import io.oodmonitor.dataset.Dataset;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.evaluation.EvaluatedSet;
import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.EvaluationProgress;
import io.oodmonitor.evaluation.Evaluator;
import io.oodmonitor.evaluation.Method;
import io.oodmonitor.evaluation.Methods;
import io.oodmonitor.inference.Labels;
import io.oodmonitor.inference.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
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

    @Option(names = "--id", required = true, paramLabel = "[NAME=]PATH", description = "In-distribution images that fit "
            + "has not seen: a folder of images or of one folder per class, an archive of such, CIFAR, IDX or MATLAB "
            + "files.")
    private String id;

    @Option(names = "--ood", required = true, paramLabel = "[NAME=]PATH",
            description = "Images of something else; may be given several times.")
    private List<String> ood;

    @Option(names = "--methods", paramLabel = "METHOD,...", split = ",", defaultValue = "all",
            description = "Which detectors, with parameters behind an @ as in fit (default: all that the bundle has "
                    + "the statistics for).")
    private List<String> methods;

    @Option(names = "--sparsity", paramLabel = "PERCENT,...", split = ",",
            description = "Of dice and dice+react; several make a method each (default: the bundle's own, or 90).")
    private List<Double> sparsities = List.of();

    @Option(names = "--labels", paramLabel = "FILE", description = "Lines IMAGE,LABEL: the classes of the "
            + "in-distribution images, by index or name (default: the labels that the data set has).")
    private Path labelsFile;

    @Option(names = {"-n", "--limit"}, paramLabel = "N", description = "Use so many images of each set at most.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--unreadable", paramLabel = "SHARE", defaultValue = "0.01",
            description = "Share of each set's images that may be unreadable (default: ${DEFAULT-VALUE}).")
    private double unreadable;

    @Mixin
    private EvaluationOutput output;

    @Override
    public Integer call() throws Exception {
        Arguments.requireAtLeast(spec, "--limit", 1, limit);
        output.prepare();
        Bundle bundle = Bundle.read(Home.resolve(folder));
        IdStatistics statistics = bundle.statistics();
        List<Method> chosen = Methods.of(Methods.names(methods, bundle), sparsities, bundle, statistics);
        NamedDataset inside = NamedDataset.open(id);
        List<NamedDataset> outside = new ArrayList<>();
        for (String set : ood) {
            outside.add(NamedDataset.open(set));
        }
        PrintWriter out = spec.commandLine().getOut();
        Evaluation evaluation;
        try (Steps steps = new Steps(inside, outside)) {
            Evaluator evaluator = new Evaluator(bundle, statistics, unreadable, steps);
            evaluation = evaluator.evaluate(set(inside), labels(inside, bundle), outside.stream().map(this::set).toList(),
                    chosen);
            steps.close();
            evaluator.unreadable().forEach((name, left) -> out.println(Numbers.count(left.count(), "image") + " of "
                    + name + " could not be read; the first is " + left.first().orElseThrow() + "."));
        }
        output.write(evaluation, out);
        return ExitCode.OK;
    }

    private EvaluatedSet set(NamedDataset set) {
        return new EvaluatedSet(set.name(), Samples.of(set.dataset(), 0, limit));
    }

    private Labels labels(NamedDataset inside, Bundle bundle) throws IOException {
        if (labelsFile != null) {
            return Labels.ofFile(labelsFile, bundle.classes());
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

    /** A data set of the command line, [NAME=]PATH. */
    private record NamedDataset(String name, Dataset dataset) {

        static NamedDataset open(String text) throws IOException {
            int equals = text.indexOf('=');
            Dataset dataset = Dataset.open(Path.of(text.substring(equals + 1)));
            return new NamedDataset(equals > 0 ? text.substring(0, equals) : dataset.name(), dataset);
        }
    }

    /** Progress of one set after the other, then of the methods. */
    private final class Steps implements EvaluationProgress, AutoCloseable {

        private final Map<String, Long> sizes = new HashMap<>();
        private String step;
        private Progress progress;

        Steps(NamedDataset inside, List<NamedDataset> outside) {
            sizes.put(inside.name(), Math.min(limit, inside.dataset().size()));
            outside.forEach(set -> sizes.put(set.name(), Math.min(limit, set.dataset().size())));
        }

        @Override
        public void images(String set, long done) {
            at("Features of " + set + ":", OptionalLong.of(sizes.get(set))).update(done);
        }

        @Override
        public void scoring(String method) {
            at("Scores by " + method, OptionalLong.empty()).update(0);
        }

        private Progress at(String next, OptionalLong total) {
            if (!next.equals(step)) {
                close();
                step = next;
                progress = new Progress(spec.commandLine().getErr(), Terminals.err(), next, total);
            }
            return progress;
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
        }
    }
}
