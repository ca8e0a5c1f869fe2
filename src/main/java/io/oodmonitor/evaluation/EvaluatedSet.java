package io.oodmonitor.evaluation;

import io.oodmonitor.inference.Samples;
import java.util.Objects;

/**
 * Images to evaluate on.
 *
 * @param name what the report calls them
 */
public record EvaluatedSet(String name, Samples samples) {

    public EvaluatedSet {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(samples, "samples");
    }
}
