package io.oodmonitor.image;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads PNG files (W3C Recommendation, third edition): every colour type and depth, interlaced or not. Alpha is
 * dropped, 16-bit samples keep their high byte, an animation shows its default image.
 *
 * <p>A file is corrupt if a checksum of what it shows is wrong, rows are missing or its IEND chunk is. Used once, by
 * one thread.
 */
final class PngDecoder {
    private static final int SIGNATURE_BYTES = 8;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504C5445;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int EXIF = 0x65584966;

    /** Deflate makes of a byte at most so many. */
    private static final long MOST_INFLATION = 1032;

    private final Bytes file;
    private final List<Bytes> compressed = new ArrayList<>();
    private PngLayout layout;
    private byte[] palette;
    private Orientation orientation = Orientation.NORMAL;

    private PngDecoder(Bytes file) {
        this.file = file;
    }

    static RgbImage decode(Bytes file, ImageLimits limits) throws ImageRejectedException {
        PngDecoder decoder = new PngDecoder(file);
        decoder.readChunks(limits);
        return decoder.orientation.apply(decoder.inflate());
    }

    private void readChunks(ImageLimits limits) throws ImageRejectedException {
        int at = SIGNATURE_BYTES;
        while (true) {
            if (at + 12 > file.length()) {
                throw ImageRejectedException.corrupt("the PNG file ends before its IEND chunk");
            }
            int length = file.i32BigEndian(at);
            int type = file.i32BigEndian(at + 4);
            if (length < 0 || length > file.length() - at - 12) {
                throw ImageRejectedException.corrupt("the PNG file ends inside a chunk");
            }
            if (layout == null && type != IHDR) {
                throw ImageRejectedException.corrupt("the PNG file does not start with an IHDR chunk");
            }
            Bytes chunk = file.slice(at + 8, length);
            switch (type) {
                case IHDR -> {
                    layout = PngLayout.read(chunk);
                    limits.checkSize(layout.height(), layout.width());
                }
                case PLTE -> palette = readPalette(chunk);
                case IDAT -> compressed.add(chunk);
                case EXIF -> orientation = Orientation.ofExif(chunk);
                default -> {
                }
            }
            if (type == IHDR || type == PLTE || type == IDAT || type == IEND) {
                checkSum(at + 4, length + 4);
            }
            if (type == IEND) {
                return;
            }
            at += 12 + length;
        }
    }

    private void checkSum(int at, int length) throws ImageRejectedException {
        CRC32 crc = new CRC32();
        crc.update(file.array(), file.from() + at, length);
        if ((int) crc.getValue() != file.i32BigEndian(at + length)) {
            throw ImageRejectedException.corrupt("a chunk of the PNG file has a wrong checksum");
        }
    }

    /** Always 256 colours; those that the file does not define are black. */
    private static byte[] readPalette(Bytes chunk) throws ImageRejectedException {
        if (chunk.length() > 768 || chunk.length() % 3 != 0) {
            throw ImageRejectedException.corrupt("the PNG file has a palette of " + chunk.length() + " bytes");
        }
        byte[] palette = new byte[768];
        System.arraycopy(chunk.array(), chunk.from(), palette, 0, chunk.length());
        return palette;
    }

    private RgbImage inflate() throws ImageRejectedException {
        if (layout.needsPalette() && palette == null) {
            throw ImageRejectedException.corrupt("the PNG file has no palette");
        }
        // INVARIANT: memory is in proportion to the file.
        long bytes = compressed.stream().mapToLong(Bytes::length).sum();
        if (bytes * MOST_INFLATION < layout.bytes()) {
            throw ImageRejectedException.corrupt("the PNG file has " + bytes + " bytes of image data, too few for "
                    + layout.width() + " x " + layout.height() + " pixels");
        }
        byte[] pixels = new byte[layout.height() * layout.width() * 3];
        Inflater inflater = new Inflater();
        try {
            PngRows rows = new PngRows(inflater, compressed.iterator(), layout.bytesPerPixel());
            for (PngLayout.Pass pass : layout.passes()) {
                rows.start(layout.rowBytes(pass.width()));
                for (int y = 0; y < pass.height(); y++) {
                    int at = ((pass.top() + y * pass.down()) * layout.width() + pass.left()) * 3;
                    layout.toRgb(rows.next(), pass.width(), palette, pixels, at, pass.across() * 3);
                }
            }
            rows.finish();
        } catch (DataFormatException e) {
            throw new ImageRejectedException(ImageRejectedException.Reason.CORRUPT_IMAGE,
                    "the PNG file's compressed data are corrupt: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
        return new RgbImage(layout.height(), layout.width(), pixels);
    }
}
