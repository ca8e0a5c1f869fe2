package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.detector.statistics.MissingStatisticsException;
import java.util.Optional;

/** A method and its parameters, before it was fitted to a network. Immutable. */
public sealed interface Detector
        permits Msp, MaxLogit, Energy, React, Dice, DiceReact, AshS, Scale, Gen, Fdbd, Knn, Vim, Mahalanobis {

    /** The method alone: {@code dice}, {@code dice+react}. */
    String method();

    /** Method and parameters as text that {@link #parse} reads back, for example {@code dice@90}. */
    String name();

    /**
     * The method fitted to one network. The head and the statistics must agree in their number of features.
     *
     * @throws MissingStatisticsException if the method needs more of the in-distribution images than their feature mean
     *         and the statistics hold no more
     */
    Scorer fit(LinearHead head, IdStatistics statistics);

    /** The part of the method that masks weights, and so can follow the feature mean. */
    default Optional<Dice> mask() {
        return Optional.empty();
    }

    /**
     * Identifies the scores of one fitted detector: name and the version of the mask, {@code dice@90#0}. Scores and
     * thresholds compare only where these texts are equal.
     *
     * @param maskVersion 0 as fitted, then one more for each update of the mask
     */
    default String version(int maskVersion) {
        if (maskVersion < 0) {
            throw new IllegalArgumentException("a mask version must be at least 0, but is " + maskVersion);
        }
        return name() + "#" + maskVersion;
    }

    /**
     * Reads what {@link #name()} wrote, or the name of a method, which then gets its usual parameters.
     *
     * @throws IllegalArgumentException in one sentence, if there is no such method or a parameter is wrong
     */
    static Detector parse(String name) {
        return DetectorNames.parse(name);
    }
}
