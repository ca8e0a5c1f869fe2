package io.oodmonitor.dataset;

import java.util.Objects;

/** The bytes of an image, in one of the two forms an image event can carry. The array is shared, not copied. */
public sealed interface Payload {

    byte[] bytes();

    /** A JPEG, PNG, BMP or WebP file. */
    record Encoded(byte[] bytes) implements Payload {

        public Encoded {
            Objects.requireNonNull(bytes, "bytes");
        }
    }

    /**
     * Raw pixels.
     *
     * @param bytes height x width x 3, row by row, red first
     */
    record Rgb8(int height, int width, byte[] bytes) implements Payload {

        public Rgb8 {
            if (height < 1 || width < 1 || bytes.length != 3L * height * width) {
                throw new IllegalArgumentException("an RGB image of " + height + " x " + width + " pixels must have "
                        + "height x width x 3 bytes, but has " + bytes.length);
            }
        }
    }
}
