package io.oodmonitor.fit;

import io.oodmonitor.image.Framing;
import io.oodmonitor.onnx.Normalization;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A network to monitor, and how it takes images.
 *
 * @param file          ONNX
 * @param logits        tensor of the logits; empty to find it
 * @param features      tensor of the penultimate features; empty to find it
 * @param framing       how images get the size that the network takes
 * @param normalization how their bytes become what it was trained on
 */
public record Classifier(Path file, Optional<String> logits, Optional<String> features, Framing framing,
                         Normalization normalization) {

    public Classifier {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(logits, "logits");
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(framing, "framing");
        Objects.requireNonNull(normalization, "normalization");
    }

    /** One whose head is found. */
    public static Classifier of(Path file, Framing framing, Normalization normalization) {
        return new Classifier(file, Optional.empty(), Optional.empty(), framing, normalization);
    }
}
