package io.oodmonitor.image;

import io.oodmonitor.image.ImageRejectedException.Reason;

/**
 * What an image may ask for. Checked on its header, before anything is allocated; decoding then needs at most 16 bytes
 * a pixel at once, and 32 MiB for a WebP's prefix codes.
 *
 * @param maxSide   rows or columns, in pixels
 * @param maxPixels rows x columns
 * @param maxBytes  length of an encoded file
 */
public record ImageLimits(int maxSide, long maxPixels, int maxBytes) {
    /** 16,384 pixels a side, 40 million pixels, 16 MiB. */
    public static final ImageLimits DEFAULT = new ImageLimits(16_384, 40_000_000, 16 << 20);

    /** More would not fit into one Java array of three bytes a pixel. */
    private static final long MOST_PIXELS = (Integer.MAX_VALUE - 8) / 3;

    public ImageLimits {
        require("maxSide", maxSide, Integer.MAX_VALUE);
        require("maxPixels", maxPixels, MOST_PIXELS);
        require("maxBytes", maxBytes, Integer.MAX_VALUE);
    }

    void checkBytes(int length) throws ImageRejectedException {
        if (length > maxBytes) {
            throw new ImageRejectedException(Reason.IMAGE_TOO_LARGE,
                    "the image has " + length + " bytes, but at most " + maxBytes + " are allowed");
        }
    }

    /** Sides below one are for the caller to refuse. */
    void checkSize(long height, long width) throws ImageRejectedException {
        if (height > maxSide || width > maxSide) {
            throw new ImageRejectedException(Reason.IMAGE_TOO_LARGE, "the image claims " + width + " x " + height
                    + " pixels, but a side may have at most " + maxSide);
        }
        if (height * width > maxPixels) {
            throw new ImageRejectedException(Reason.IMAGE_TOO_LARGE, "the image claims " + width + " x " + height
                    + " pixels, but at most " + maxPixels + " are allowed");
        }
    }

    private static void require(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be from 1 to " + most + ", but is " + value);
        }
    }
}
