package io.oodmonitor.image;

import io.oodmonitor.image.ImageRejectedException.Reason;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Turns files and raw bytes into pixels. Every input either gives an image within the limits or an
 * {@link ImageRejectedException}, nothing else; only an {@link Error}, such as memory running out, passes through.
 *
 * <p>Thread-safe. Buffers, direct or not, are only read, and their positions stay where they are. Each thread that
 * decodes keeps up to 8 MiB of memory for its next image.
 */
public final class ImageDecoder {
    /** No image has so long a side. */
    private static final int ANY_SIDE = Integer.MAX_VALUE;

    private final ImageLimits limits;
    private final Framing framing;
    private final int mostSide;

    /** Gives images as they are. */
    public ImageDecoder(ImageLimits limits) {
        this(limits, null, ANY_SIDE);
    }

    /** Gives what {@link Framing#draw} makes of images, without a JPEG ever being whole in memory as RGB. */
    public ImageDecoder(ImageLimits limits, Framing framing) {
        this(limits, Objects.requireNonNull(framing, "framing"), ANY_SIDE);
    }

    private ImageDecoder(ImageLimits limits, Framing framing, int mostSide) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.framing = framing;
        this.mostSide = mostSide;
    }

    /** Gives images in small: as they are, or in proportion with no side longer than that. */
    public static ImageDecoder shrinking(ImageLimits limits, int mostSide) {
        return new ImageDecoder(limits, null, mostSide);
    }

    /** Decodes the file between the buffer's position and its limit. */
    public RgbImage decode(ByteBuffer file) throws ImageRejectedException {
        try {
            return decodeUnguarded(file);
        } catch (RuntimeException e) {
            // A defect of a decoder, which must not stop the stream; fuzzing looks beneath this.
            throw new ImageRejectedException(Reason.CORRUPT_IMAGE, "the image file is corrupt: " + e, e);
        }
    }

    /** As {@link #decode}, but lets through what no check of a decoder names. */
    RgbImage decodeUnguarded(ByteBuffer file) throws ImageRejectedException {
        return framed(rows(file));
    }

    private RgbImage framed(RgbRows rows) {
        if (framing != null) {
            return drawn(rows, framing);
        }
        int longer = Math.max(rows.height(), rows.width());
        return longer <= mostSide ? rows.toImage() : drawn(rows, Framing.stretch(shrunk(rows.height(), longer),
                shrunk(rows.width(), longer), Interpolation.BILINEAR));
    }

    private int shrunk(int side, int longer) {
        return Math.max(1, (int) Math.round((double) side * mostSide / longer));
    }

    private static RgbImage drawn(RgbRows rows, Framing framing) {
        byte[] pixels = new byte[framing.bytes()];
        framing.draw(rows, ByteBuffer.wrap(pixels));
        return new RgbImage(framing.height(), framing.width(), pixels);
    }

    /** The file's image, which the thread's next one may overwrite. */
    private RgbRows rows(ByteBuffer file) throws ImageRejectedException {
        requireBytes(file);
        limits.checkBytes(file.remaining());
        ImageFormat format = ImageFormat.of(file).orElseThrow(
                () -> ImageRejectedException.unsupported("the image is not a JPEG, PNG, BMP or WebP file"));
        try {
            Bytes bytes = Bytes.of(file);
            return switch (format) {
                case JPEG -> JpegDecoder.decode(bytes, limits, framing);
                case PNG -> RgbRows.of(PngDecoder.decode(bytes, limits));
                case BMP -> RgbRows.of(BmpDecoder.decode(bytes, limits));
                case WEBP -> RgbRows.of(WebpDecoder.decode(bytes, limits));
            };
        } catch (OutsideBytesException e) {
            throw new ImageRejectedException(Reason.CORRUPT_IMAGE,
                    "the " + format + " file ends too early, or contradicts itself: " + e.getMessage(), e);
        }
    }

    /** Takes raw pixels, height x width x 3 bytes, row by row, red first. */
    public RgbImage raw(ByteBuffer pixels, int height, int width) throws ImageRejectedException {
        requireBytes(pixels);
        if (height < 1 || width < 1) {
            throw new ImageRejectedException(Reason.WRONG_LENGTH,
                    "raw pixels need a height and a width of at least 1, but have " + height + " and " + width);
        }
        limits.checkSize(height, width);
        int length = height * width * 3;
        if (pixels.remaining() != length) {
            throw new ImageRejectedException(Reason.WRONG_LENGTH, "raw pixels of height " + height + " and width "
                    + width + " must have " + length + " bytes, but have " + pixels.remaining());
        }
        Bytes bytes = Bytes.of(pixels);
        return framed(new RgbRows.Stored(height, width, bytes.array(), bytes.from()));
    }

    private static void requireBytes(ByteBuffer bytes) throws ImageRejectedException {
        if (!bytes.hasRemaining()) {
            throw new ImageRejectedException(Reason.EMPTY_IMAGE, "the image has no bytes");
        }
    }
}
