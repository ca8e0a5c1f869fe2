package io.oodmonitor.fit;

import io.oodmonitor.image.ImageRejectedException;
import io.oodmonitor.image.RgbImage;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * An in-distribution image.
 *
 * @param id names the image; the same image has the same name every time
 * @param label its class, from 0; empty where unknown
 * @param pixels decodes it, at most once; only ever called before the next image is asked for
 */
public record FitImage(String id, OptionalInt label, Pixels pixels) {

    public FitImage {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(pixels, "pixels");
    }

    /** Where an image comes from. */
    @FunctionalInterface
    public interface Pixels {

        RgbImage read() throws IOException, ImageRejectedException;
    }
}
