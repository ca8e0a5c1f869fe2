package io.oodmonitor.cli;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.dataset.Dataset;
import io.oodmonitor.dataset.Sample;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The labels of a data set's images, as the classes of a bundle are called. Immutable. */
final class CalibrationLabels {

    private static final int SHOWN = 5;

    private final List<String> classes;
    private final Set<String> known;
    private final Path bundle;

    CalibrationLabels(List<String> classes, Path bundle) {
        this.classes = List.copyOf(classes);
        this.known = new HashSet<>(classes);
        this.bundle = bundle;
    }

    static CalibrationLabels of(Bundle bundle) {
        return new CalibrationLabels(bundle.classes(), bundle.folder());
    }

    /** @throws CommandFailure if a class of the data set is none of the bundle's */
    void check(Dataset dataset) {
        dataset.classNames().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw unknown("The class '" + name + "' of " + dataset.name());
        });
    }

    /**
     * The name of an image's class: its label, or the class of its label's index.
     *
     * @throws CommandFailure if it has neither, or no class is called that
     */
    String of(Sample sample) {
        if (sample.label().isPresent()) {
            String label = sample.label().get();
            if (!known.contains(label)) {
                throw unknown("The label '" + label + "' of " + sample.id());
            }
            return label;
        }
        if (sample.labelIndex().isEmpty()) {
            throw new CommandFailure("Calibration images need labels, but " + sample.id()
                    + " has none: send a folder of one folder per class, "
                    + "or a CIFAR-10 binary file");
        }
        int index = sample.labelIndex().getAsInt();
        if (index >= classes.size()) {
            throw unknown("The label " + index + " of " + sample.id());
        }
        return classes.get(index);
    }

    private CommandFailure unknown(String what) {
        List<String> first = classes.subList(0, Math.min(SHOWN, classes.size()));
        return new CommandFailure(what + " is no class of the bundle " + bundle + ", which has " + classes.size() + ": "
                + String.join(", ", first) + (classes.size() > SHOWN ? ", ..." : ""));
    }
}
