package io.oodmonitor.evaluation;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.Dice;
import io.oodmonitor.detector.Knn;
import io.oodmonitor.detector.statistics.IdStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which methods to evaluate. */
public final class Methods {

    /** Every method, in the order of a report. */
    public static final List<String> ALL = List.of("msp", "maxlogit", "energy", "react", "dice", "dice+react", "ash-s",
            "scale", "gen", "fdbd", "knn", "vim", "mahalanobis");

    /** Stands for all that a bundle has the statistics for. */
    public static final String AVAILABLE = "all";

    private static final List<String> FROM_THE_MEAN_ALONE =
            List.of("msp", "maxlogit", "energy", "dice", "ash-s", "scale", "gen", "fdbd");

    private static final String DICE = "dice";

    private Methods() {
    }

    /** Those that a bundle has the statistics for, its own among them. */
    static List<String> availableIn(Bundle bundle) {
        if (bundle.hasFeatureStatistics()) {
            return ALL;
        }
        return Stream.concat(FROM_THE_MEAN_ALONE.stream(), Stream.of(bundle.detector().method())).distinct().toList();
    }

    /** A list of names; {@link #AVAILABLE} among them stands for those that the bundle has the statistics for. */
    public static List<String> names(List<String> asked, Bundle bundle) {
        return asked.stream().flatMap(name -> name.equals(AVAILABLE) ? availableIn(bundle).stream() : Stream.of(name))
                .distinct().toList();
    }

    /**
     * The methods of these names. A method without parameters has those of the bundle's own detector, if it is that
     * method, and else its usual ones.
     *
     * @param sparsities of DICE, each a method of its own; empty for one
     * @throws IllegalArgumentException in one sentence, if there is no such method
     */
    public static List<Method> of(List<String> names, List<Double> sparsities, Bundle bundle,
                                  IdStatistics statistics) {
        List<Method> methods = new ArrayList<>();
        for (String name : names) {
            boolean masks = name.equals(DICE) || name.startsWith(DICE + "+");
            if (masks && !sparsities.isEmpty()) {
                String rest = name.substring(DICE.length());
                sparsities.stream().map(sparsity -> new Dice(sparsity).name() + rest)
                        .forEach(label -> methods.add(new Method(label, Detector.parse(label))));
            } else if (name.equals(bundle.detector().method())) {
                methods.add(new Method(name, bundle.detector()));
            } else if (masks) {
                String own = bundle.detector().mask().map(Detector::name).orElse(DICE);
                methods.add(new Method(name, Detector.parse(own + name.substring(DICE.length()))));
            } else {
                methods.add(new Method(name, fitting(name, statistics)));
            }
        }
        return methods;
    }

    /** With usual parameters, knn looks no farther than a small bundle's features reach. */
    private static Detector fitting(String name, IdStatistics statistics) {
        Detector detector = Detector.parse(name);
        if (detector instanceof Knn knn && name.equals(detector.method())) {
            return new Knn(Math.min(knn.k(), statistics.require(name).bank().images()));
        }
        return detector;
    }
}
