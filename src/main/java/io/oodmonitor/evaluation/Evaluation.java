package io.oodmonitor.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Several methods on the same images of one network.
 *
 * @param model           name and version of the bundle, for people
 * @param detector        the bundle's own method, as {@code dice@90}
 * @param idSet           what the in-distribution set is called
 * @param accuracy        share of its labelled images that the network names right, 0 to 1; empty without labels
 * @param oodSets         what the out-of-distribution sets are called, at least one
 * @param methods         at least one, all over the same images
 * @param imagesPerSecond how fast the images went through decoding and network
 */
public record Evaluation(String model, String detector, String idSet, OptionalDouble accuracy, List<String> oodSets,
                         List<MethodScores> methods, double imagesPerSecond) {

    public Evaluation {
        Objects.requireNonNull(accuracy, "accuracy");
        oodSets = List.copyOf(oodSets);
        methods = List.copyOf(methods);
        if (oodSets.isEmpty() || methods.isEmpty()) {
            throw new IllegalArgumentException("an evaluation needs at least 1 out-of-distribution set and 1 method, "
                    + "but has " + oodSets.size() + " and " + methods.size());
        }
        requireDistinct("out-of-distribution sets", oodSets);
        requireDistinct("methods", methods.stream().map(MethodScores::method).toList());
        for (MethodScores method : methods) {
            if (!counts(method).equals(counts(methods.get(0))) || method.ood().size() != oodSets.size()) {
                throw new IllegalArgumentException("every method must score the same images of " + oodSets.size()
                        + " sets, but " + method.method() + " has " + counts(method) + " scores and "
                        + methods.get(0).method() + " " + counts(methods.get(0)));
            }
        }
    }

    private static void requireDistinct(String what, List<String> names) {
        for (String name : names) {
            if (Collections.frequency(names, name) > 1) {
                throw new IllegalArgumentException("the names of " + what + " must differ, but " + name
                        + " stands there twice");
            }
        }
    }

    private static List<Integer> counts(MethodScores method) {
        return Stream.concat(Stream.of(method.id()), method.ood().stream()).map(scores -> scores.length).toList();
    }

    public int idImages() {
        return methods.get(0).id().length;
    }

    /** How many images an out-of-distribution set has, by its place in the list of sets. */
    public int oodImages(int set) {
        return methods.get(0).ood().get(set).length;
    }

    /**
     * What the bundle itself would say: the method with its fitted threshold, or else of its detector's name. Empty if
     * neither is among the methods.
     */
    public Optional<MethodScores> own() {
        return methods.stream().filter(MethodScores::fitted).findFirst()
                .or(() -> methods.stream().filter(method -> method.method().equals(detector)).findFirst());
    }

    /** Whether this is the name of the bundle's own method. */
    public boolean isOwn(String method) {
        return own().map(MethodScores::method).filter(method::equals).isPresent();
    }
}
