package io.oodmonitor.image;

import io.oodmonitor.image.Resampler.Axis;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * How an image of any size becomes one of the size that a network takes, which has to be how the network was trained.
 * Pixels come out as Pillow's {@code resize} makes them, byte for byte.
 *
 * <p>Immutable and thread-safe.
 *
 * @param height        rows that come out
 * @param width         columns that come out
 * @param share         share of the shorter side that is kept, above 0 and at most 1; 1 with {@link Policy#STRETCH}
 * @param interpolation filter of the resize
 */
public record Framing(int height, int width, Policy policy, double share, Interpolation interpolation) {

    /** What is resized and what is cut off, in which order. */
    public enum Policy {
        /**
         * The shorter side is resized to max(height, width) / share pixels, the other in proportion (rounded down), and
         * the centre is kept: torchvision's Resize and CenterCrop.
         */
        RESIZE_THEN_CROP,
        /**
         * A centred square of share x the shorter side (rounded down) is resized; what is outside has no influence.
         */
        CROP_THEN_RESIZE,
        /** Both sides are resized, whatever that does to proportions. */
        STRETCH
    }

    public Framing {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(interpolation, "interpolation");
        requireSide("height", height);
        requireSide("width", width);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("framing share must be above 0 and at most 1, but is " + share);
        }
        if (policy == Policy.STRETCH && share != 1) {
            throw new IllegalArgumentException("framing share must be 1 with STRETCH, but is " + share);
        }
    }

    /** The shorter side becomes {@code resize} pixels, then the centre is cut out. */
    public static Framing resizeThenCrop(int resize, int height, int width, Interpolation interpolation) {
        int side = Math.max(height, width);
        if (resize < side) {
            throw new IllegalArgumentException("framing resize must be at least " + side
                    + ", the longer side of what is cut out, but is " + resize);
        }
        return new Framing(height, width, Policy.RESIZE_THEN_CROP, (double) side / resize, interpolation);
    }

    /** A centred square of {@code share} of the shorter side is cut out, then resized. */
    public static Framing cropThenResize(double share, int height, int width, Interpolation interpolation) {
        return new Framing(height, width, Policy.CROP_THEN_RESIZE, share, interpolation);
    }

    /** The whole image is resized. */
    public static Framing stretch(int height, int width, Interpolation interpolation) {
        return new Framing(height, width, Policy.STRETCH, 1, interpolation);
    }

    /** How many bytes {@link #draw} writes: height x width x 3. */
    public int bytes() {
        return height * width * 3;
    }

    /**
     * Writes {@link #bytes()} bytes, row by row, red first, at the target's position, which moves on behind them.
     *
     * @throws java.nio.BufferOverflowException if the target has no room for them
     */
    public void draw(RgbImage image, ByteBuffer target) {
        draw(RgbRows.of(image), target);
    }

    void draw(RgbRows image, ByteBuffer target) {
        int height = image.height();
        int width = image.width();
        Resampler.draw(image, rows(height, width), columns(height, width), interpolation, target);
    }

    /** What {@link #draw} looks at of an image of that size, and perhaps a little more. */
    Window window(int height, int width) {
        Axis rows = rows(height, width);
        Axis columns = columns(height, width);
        return new Window(rows.first(interpolation), rows.end(interpolation), columns.first(interpolation),
                columns.end(interpolation));
    }

    private Axis rows(int height, int width) {
        return axis(height, Math.min(height, width), this.height);
    }

    private Axis columns(int height, int width) {
        return axis(width, Math.min(height, width), this.width);
    }

    private Axis axis(int size, int shorter, int kept) {
        return switch (policy) {
            case STRETCH -> new Axis(0, size, kept, 0, kept);
            case CROP_THEN_RESIZE -> {
                int side = Math.max(1, (int) (shorter * share));
                yield new Axis((size - side) / 2, side, kept, 0, kept);
            }
            case RESIZE_THEN_CROP -> cropped(size, shorter, (int) Math.round(Math.max(height, width) / share), kept);
        };
    }

    /** Half pixels are rounded to even ones, as torchvision's CenterCrop does. */
    private static Axis cropped(int size, int shorter, int resized, int kept) {
        int newSize = (int) ((long) resized * size / shorter);
        return new Axis(0, size, newSize, (int) Math.rint((newSize - kept) / 2.0), kept);
    }

    private static void requireSide(String name, int side) {
        if (side < 1 || side > 16_384) {
            throw new IllegalArgumentException("framing " + name + " must be from 1 to 16384, but is " + side);
        }
    }
}
