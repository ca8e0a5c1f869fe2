package io.oodmonitor.onnx;

import java.util.Objects;

/**
 * The pictures that a network takes.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record InputFormat(int height, int width, Normalization normalization) {

    public InputFormat {
        Objects.requireNonNull(normalization, "normalization");
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "the input of a network must be at least 1x1 pixels, but is " + height + "x" + width);
        }
    }
}
