package io.oodmonitor.image;

import java.util.Iterator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The rows of a PNG image, inflated one at a time and with their filters (chapter 9) undone. Not thread-safe. */
final class PngRows {
    private final Inflater inflater;
    private final Iterator<Bytes> compressed;
    private final int bytesPerPixel;
    /** The filter's type, then the row. */
    private byte[] row;
    private byte[] above;

    /** @param bytesPerPixel distance to the corresponding byte of the pixel to the left, at least 1 */
    PngRows(Inflater inflater, Iterator<Bytes> compressed, int bytesPerPixel) {
        this.inflater = inflater;
        this.compressed = compressed;
        this.bytesPerPixel = bytesPerPixel;
    }

    /** Begins a new image or a pass of an interlaced one: the row above the first is zero. */
    void start(int rowBytes) {
        row = new byte[1 + rowBytes];
        above = new byte[1 + rowBytes];
    }

    /** The next row, from index 1 on; valid until the next call. */
    byte[] next() throws DataFormatException, ImageRejectedException {
        byte[] next = above;
        above = row;
        row = next;
        for (int filled = 0; filled < row.length;) {
            int count = inflate(row, filled);
            if (count == 0) {
                throw ImageRejectedException.corrupt("the PNG file's compressed data end before its image does");
            }
            filled += count;
        }
        undoFilter();
        return row;
    }

    /** Reads on to the end of the compressed data, so that their checksum is verified if they have one. */
    void finish() throws DataFormatException {
        inflate(new byte[1], 0);
    }

    /** Zero only at the end of the data. */
    private int inflate(byte[] to, int at) throws DataFormatException {
        while (true) {
            int count = inflater.inflate(to, at, to.length - at);
            if (count > 0 || inflater.finished() || inflater.needsDictionary()) {
                return count;
            }
            if (!compressed.hasNext()) {
                return 0;
            }
            Bytes next = compressed.next();
            inflater.setInput(next.array(), next.from(), next.length());
        }
    }

    private void undoFilter() throws ImageRejectedException {
        int bpp = bytesPerPixel;
        switch (row[0]) {
            case 0 -> {
            }
            case 1 -> {
                for (int i = 1 + bpp; i < row.length; i++) {
                    row[i] += row[i - bpp];
                }
            }
            case 2 -> {
                for (int i = 1; i < row.length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 1; i < row.length; i++) {
                    int left = i > bpp ? row[i - bpp] & 0xFF : 0;
                    row[i] += (byte) (left + (above[i] & 0xFF) >> 1);
                }
            }
            case 4 -> {
                for (int i = 1; i < row.length; i++) {
                    int left = i > bpp ? row[i - bpp] & 0xFF : 0;
                    int corner = i > bpp ? above[i - bpp] & 0xFF : 0;
                    row[i] += (byte) paeth(left, above[i] & 0xFF, corner);
                }
            }
            default -> throw ImageRejectedException.corrupt("the PNG file has a row of filter type " + row[0]);
        }
    }

    private static int paeth(int left, int up, int corner) {
        int toLeft = Math.abs(up - corner);
        int toUp = Math.abs(left - corner);
        int toCorner = Math.abs(left + up - 2 * corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }
}
