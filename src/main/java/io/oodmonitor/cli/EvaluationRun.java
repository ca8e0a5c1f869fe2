package io.oodmonitor.cli;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.evaluation.EvaluatedSet;
import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.Evaluator;
import io.oodmonitor.evaluation.Method;
import io.oodmonitor.evaluation.Methods;
import io.oodmonitor.inference.Labels;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of every evaluation that say by which methods, and the evaluation itself. */
final class EvaluationRun {

    @Option(names = "--methods", paramLabel = "METHOD", split = ",",
            description = "Which detectors, with parameters behind an @ as in fit; 'all' stands for those that the "
                    + "bundle has the statistics for (default of evaluate: all; of reproduce: the paper's).")
    private List<String> methods;

    @Option(names = "--sparsity", paramLabel = "PERCENT", split = ",",
            description = "Of dice and dice+react; several make a method each (default: the bundle's own, or 90).")
    private List<Double> sparsities = List.of();

    @Option(names = "--unreadable", paramLabel = "SHARE", defaultValue = "0.01",
            description = "Share of each set's images that may be unreadable (default: ${DEFAULT-VALUE}).")
    private double unreadable;

    /** @param usual the methods where none are named */
    Evaluation run(CommandSpec spec, Bundle bundle, EvaluatedSet id, Labels labels, List<EvaluatedSet> ood,
                   List<String> usual) throws InterruptedException {
        IdStatistics statistics = bundle.statistics();
        List<Method> chosen = Methods.of(Methods.names(methods == null ? usual : methods, bundle), sparsities, bundle,
                statistics);
        List<EvaluatedSet> all = Stream.concat(Stream.of(id), ood.stream()).toList();
        try (Steps steps = new Steps(spec.commandLine().getErr())) {
            Evaluator evaluator =
                    new Evaluator(bundle, statistics, unreadable, new EvaluationSteps(steps, all));
            Evaluation evaluation = evaluator.evaluate(id, labels, ood, chosen);
            steps.close();
            evaluator.unreadable().forEach((name, left) -> spec.commandLine().getErr().println(
                    Numbers.count(left.count(), "image") + " of " + name + " could not be read; the first is "
                            + left.first().orElseThrow() + "."));
            return evaluation;
        }
    }
}
