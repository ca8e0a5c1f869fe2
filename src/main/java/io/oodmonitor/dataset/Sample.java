package io.oodmonitor.dataset;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One image of a data set. Immutable, but for the bytes.
 *
 * @param id         names it within the set: its path below the folder with '/' between names, or FILE/INDEX
 * @param label      the name of its class, where the set has names
 * @param labelIndex the index of its class, from 0, where the set has classes
 * @param payload    the image
 */
public record Sample(String id, Optional<String> label, OptionalInt labelIndex, Payload payload) {

    public Sample {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(labelIndex, "labelIndex");
        Objects.requireNonNull(payload, "payload");
    }
}
