package io.oodmonitor.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.FittedThreshold;
import io.oodmonitor.cli.text.Numbers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "inspect", mixinStandardHelpOptions = true,
        description = {"Says what a model bundle holds, after checking that it hangs together: digests, graph, mask, "
                + "classes."},
        parameterListHeading = "%n", optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  The shipped bundle; another, for a program:",
            "    ood-monitor inspect",
            "    ood-monitor inspect my-bundle --json"})
final class InspectCommand implements Callable<Integer> {

    private static final int CLASSES_SHOWN = 10;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "BUNDLE", arity = "0..1", defaultValue = "models/parts",
            description = "Folder of the bundle (default: the shipped one).")
    private Path folder;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Bundle bundle = Bundle.read(Home.resolve(folder));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(bundle).toPrettyString());
        } else {
            lines(bundle).forEach(out::println);
        }
        return ExitCode.OK;
    }

    /** The share of the head's weights that the detector keeps; empty if it masks none. */
    static OptionalDouble kept(Bundle bundle) {
        return bundle.detector().mask().map(dice -> dice.maskedWeight(bundle.head(), bundle.featureMean()))
                .map(InspectCommand::share).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private static double share(float[] weights) {
        int kept = 0;
        for (float weight : weights) {
            kept += weight == 0 ? 0 : 1;
        }
        return (double) kept / weights.length;
    }

    private static List<String> lines(Bundle bundle) {
        List<String> classes = bundle.classes();
        return List.of(
                "Bundle       " + bundle.folder() + ", digests and contents checked",
                "Model        " + bundle.name() + ", version " + bundle.version() + ", made " + bundle.created()
                        + " with " + bundle.runtime(),
                "Input        " + bundle.width() + " x " + bundle.height() + " pixels, "
                        + bundle.normalization().channels() + ", "
                        + words(bundle.framing().policy()) + " (share " + bundle.framing().share() + ", "
                        + words(bundle.framing().interpolation()) + ")",
                "             mean " + bundle.normalization().mean() + ", std " + bundle.normalization().std(),
                "Classes      " + Numbers.count(classes.size()) + ": "
                        + String.join(", ", classes.subList(0, Math.min(CLASSES_SHOWN, classes.size())))
                        + (classes.size() > CLASSES_SHOWN ? ", ..." : ""),
                "Head         " + Numbers.count(classes.size()) + " x " + Numbers.count(bundle.features())
                        + " over tensor " + bundle.penultimate() + ", opset " + bundle.opset(),
                "Detector     " + detector(bundle),
                "Statistics   " + (bundle.hasFeatureStatistics() ? "for every detector" : "the feature mean alone"),
                "Threshold    " + bundle.fittedThreshold().map(InspectCommand::line).orElse("none was fitted"),
                "Accuracy     " + bundle.fittedThreshold().map(FittedThreshold::accuracy)
                        .filter(OptionalDouble::isPresent)
                        .map(accuracy -> Numbers.percent(accuracy.getAsDouble()) + " of the labelled images")
                        .orElse("unknown"));
    }

    /** The detector, and what its mask keeps if it has one. */
    static String detector(Bundle bundle) {
        OptionalDouble kept = kept(bundle);
        return bundle.detectorVersion()
                + (kept.isPresent() ? ", keeps " + Numbers.percent(kept.getAsDouble()) + " of the weights" : "");
    }

    private static String line(FittedThreshold fitted) {
        return String.format(Locale.ROOT, "%.4f: rank %s of %s scores, for %s false alarms",
                fitted.threshold().threshold(), Numbers.count(fitted.threshold().rank()),
                Numbers.count(fitted.threshold().samples()),
                Numbers.percent(fitted.threshold().targetFalseAlarmRate()));
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static ObjectNode json(Bundle bundle) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("folder", bundle.folder().toString())
                .put("name", bundle.name()).put("version", bundle.version()).put("created", bundle.created().toString())
                .put("runtime", bundle.runtime());
        ObjectNode input = json.putObject("input").put("height", bundle.height()).put("width", bundle.width())
                .put("policy", bundle.framing().policy().name()).put("share", bundle.framing().share())
                .put("interpolation", bundle.framing().interpolation().name())
                .put("channels", bundle.normalization().channels().name());
        bundle.normalization().mean().forEach(input.putArray("mean")::add);
        bundle.normalization().std().forEach(input.putArray("std")::add);
        bundle.classes().forEach(json.putArray("classes")::add);
        json.putObject("head").put("classes", bundle.classes().size()).put("features", bundle.features())
                .put("penultimate", bundle.penultimate()).put("opset", bundle.opset());
        json.put("detector", bundle.detectorVersion()).put("featureStatistics", bundle.hasFeatureStatistics());
        kept(bundle).ifPresent(kept -> json.put("weightsKept", kept));
        bundle.fittedThreshold().ifPresent(fitted -> {
            ObjectNode threshold = json.putObject("threshold").put("threshold", fitted.threshold().threshold())
                    .put("rank", fitted.threshold().rank()).put("samples", fitted.threshold().samples())
                    .put("targetFalseAlarmRate", fitted.threshold().targetFalseAlarmRate());
            fitted.accuracy().ifPresent(accuracy -> threshold.put("accuracy", accuracy));
        });
        return json;
    }
}
