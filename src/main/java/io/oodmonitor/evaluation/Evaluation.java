package io.oodmonitor.evaluation;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

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
    }
}
