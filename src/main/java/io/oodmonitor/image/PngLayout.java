package io.oodmonitor.image;

import java.util.ArrayList;
import java.util.List;

/** What a PNG file's IHDR chunk says: the size, and how pixels are laid out in rows and passes. */
record PngLayout(int height, int width, int depth, int colourType, boolean interlaced) {
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int RGB_ALPHA = 6;

    /** Every {@code across}-th column from {@code left} on, every {@code down}-th row from {@code top} on. */
    record Pass(int left, int top, int across, int down, int width, int height) {
    }

    /** Left, top, across, down of the seven passes of Adam7. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};

    static PngLayout read(Bytes header) throws ImageRejectedException {
        if (header.length() != 13) {
            throw ImageRejectedException.corrupt("the PNG file's header has " + header.length() + " bytes, not 13");
        }
        // Unsigned in the file; what is above 2^31 - 1 the format forbids.
        int width = header.i32BigEndian(0);
        int height = header.i32BigEndian(4);
        int depth = header.u8(8);
        int colourType = header.u8(9);
        if (width < 1 || height < 1) {
            throw ImageRejectedException.corrupt("the PNG file claims a size of " + Integer.toUnsignedString(width)
                    + " x " + Integer.toUnsignedString(height));
        }
        boolean valid = switch (colourType) {
            case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case RGB, GREY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
            default -> false;
        };
        if (!valid || header.u8(10) != 0 || header.u8(11) != 0 || header.u8(12) > 1) {
            throw ImageRejectedException.corrupt("the PNG file's header names a colour type, depth, compression, "
                    + "filter or interlace method that does not exist");
        }
        return new PngLayout(height, width, depth, colourType, header.u8(12) == 1);
    }

    boolean needsPalette() {
        return colourType == PALETTE;
    }

    List<Pass> passes() {
        if (!interlaced) {
            return List.of(new Pass(0, 0, 1, 1, width, height));
        }
        List<Pass> passes = new ArrayList<>();
        for (int[] p : ADAM7) {
            int columns = (width - p[0] + p[2] - 1) / p[2];
            int rows = (height - p[1] + p[3] - 1) / p[3];
            if (columns > 0 && rows > 0) {
                passes.add(new Pass(p[0], p[1], p[2], p[3], columns, rows));
            }
        }
        return passes;
    }

    int bytesPerPixel() {
        return Math.max(1, bitsPerPixel() / 8);
    }

    int rowBytes(int columns) {
        return (int) (((long) columns * bitsPerPixel() + 7) / 8);
    }

    /** At least so many bytes come out of the decompression. */
    long bytes() {
        return (long) rowBytes(width) * height;
    }

    private int bitsPerPixel() {
        int channels = switch (colourType) {
            case RGB -> 3;
            case GREY_ALPHA -> 2;
            case RGB_ALPHA -> 4;
            default -> 1;
        };
        return channels * depth;
    }

    /** Writes a row's pixels, {@code step} bytes apart; the row starts at index 1. */
    void toRgb(byte[] row, int columns, byte[] palette, byte[] to, int at, int step) {
        if (depth < 8) {
            packed(row, columns, palette, to, at, step);
            return;
        }
        int from = bytesPerPixel();
        int sample = depth / 8;
        boolean colour = colourType == RGB || colourType == RGB_ALPHA;
        for (int x = 0, i = 1, o = at; x < columns; x++, i += from, o += step) {
            if (colour) {
                to[o] = row[i];
                to[o + 1] = row[i + sample];
                to[o + 2] = row[i + 2 * sample];
            } else {
                entry(row[i] & 0xFF, palette, to, o);
            }
        }
    }

    private void packed(byte[] row, int columns, byte[] palette, byte[] to, int at, int step) {
        int most = (1 << depth) - 1;
        int scale = needsPalette() ? 1 : 255 / most;
        for (int x = 0, bit = 8, o = at; x < columns; x++, bit += depth, o += step) {
            int value = row[bit >> 3] >> 8 - depth - (bit & 7) & most;
            entry(value * scale, palette, to, o);
        }
    }

    private void entry(int value, byte[] palette, byte[] to, int at) {
        if (needsPalette()) {
            to[at] = palette[3 * value];
            to[at + 1] = palette[3 * value + 1];
            to[at + 2] = palette[3 * value + 2];
        } else {
            to[at] = (byte) value;
            to[at + 1] = (byte) value;
            to[at + 2] = (byte) value;
        }
    }
}
