package io.oodmonitor.image;

import io.oodmonitor.fuzz.Allowance;
import java.nio.ByteBuffer;

/**
 * Decodes as the stream does, to a network's size, and as a whole, but beneath the guard that makes a corrupt image of
 * any exception: what no check of a decoder names is a finding.
 */
final class ImageTarget {

    private static final ImageLimits LIMITS = new ImageLimits(1_024, 1 << 16, 1 << 18);
    private static final Framing FRAMING = Framing.resizeThenCrop(40, 32, 24, Interpolation.BILINEAR);
    private static final ImageDecoder FRAMED = new ImageDecoder(LIMITS, FRAMING);
    private static final ImageDecoder WHOLE = new ImageDecoder(LIMITS);

    /** Twice 16 bytes a pixel (1 MiB each), and tables, chunks and checksums, freed or not. */
    private static final Allowance ALLOWANCE = Allowance.mebibytes(64, ImageRejectedException.class);

    private ImageTarget() {
    }

    static void decode(byte[] file) {
        ALLOWANCE.check(() -> {
            RgbImage framed = FRAMED.decodeUnguarded(ByteBuffer.wrap(file));
            RgbImage whole = WHOLE.decodeUnguarded(ByteBuffer.wrap(file));
            if (framed.height() != FRAMING.height() || framed.width() != FRAMING.width()) {
                throw new AssertionError("an image must get the network's size, but has " + framed.height() + " x "
                        + framed.width());
            }
            if ((long) whole.height() * whole.width() > LIMITS.maxPixels()
                    || Math.max(whole.height(), whole.width()) > LIMITS.maxSide()) {
                throw new AssertionError("an image must be within " + LIMITS + ", but is " + whole.height() + " x "
                        + whole.width());
            }
        });
    }
}
