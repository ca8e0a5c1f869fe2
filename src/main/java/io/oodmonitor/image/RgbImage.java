package io.oodmonitor.image;

/**
 * An image in memory.
 *
 * @param height rows
 * @param width  columns
 * @param pixels height x width x 3 bytes, row by row, red first; shared, not copied, and never written to
 */
public record RgbImage(int height, int width, byte[] pixels) {
    public RgbImage {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "an image must have at least one row and one column, but is " + height + " x " + width);
        }
        if (pixels.length != height * 3L * width) {
            throw new IllegalArgumentException("an image of " + height + " x " + width + " must have "
                    + height * 3L * width + " bytes, but has " + pixels.length);
        }
    }
}
