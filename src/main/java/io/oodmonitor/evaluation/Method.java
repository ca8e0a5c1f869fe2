package io.oodmonitor.evaluation;

import io.oodmonitor.detector.Detector;
import java.util.Objects;

/**
 * A detector to evaluate, and what the report calls it.
 *
 * @param label as it was asked for: {@code dice}, {@code dice@70}
 */
public record Method(String label, Detector detector) {

    public Method {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(detector, "detector");
    }
}
