package io.oodmonitor.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Rows of a matrix of bytes that lies there column by column, as NumPy keeps one in Fortran's order: the file is walked
 * through once for every 25 MB of rows, which are held.
 *
 * @param first the byte where the matrix begins
 */
record ColumnMajor(ByteSource file, long first, int rows, int columns) implements ByteSource {

    private static final int ROWS_AT_ONCE = 8_192;

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public String place() {
        return file.place();
    }

    @Override
    public long size() {
        return (long) rows * columns;
    }

    @Override
    public InputStream open() {
        return openAt(0);
    }

    /** @param offset where a row begins */
    @Override
    public InputStream openAt(long offset) {
        return new InputStream() {

            private byte[] held = new byte[0];
            private int at;
            private int row = (int) (offset / columns);

            @Override
            public int read() throws IOException {
                return at == held.length && !fill() ? -1 : held[at++] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0 && at == held.length && !fill()) {
                    return -1;
                }
                int count = Math.min(length, held.length - at);
                System.arraycopy(held, at, bytes, offset, count);
                at += count;
                return count;
            }

            private boolean fill() throws IOException {
                int count = Math.min(ROWS_AT_ONCE, rows - row);
                if (count == 0) {
                    return false;
                }
                held = window(row, count);
                row += count;
                at = 0;
                return true;
            }
        };
    }

    private byte[] window(int row, int count) throws IOException {
        byte[] window = new byte[count * columns];
        try (InputStream in = file.openAt(first)) {
            byte[] part = new byte[count];
            for (int column = 0; column < columns; column++) {
                in.skipNBytes(row);
                if (in.readNBytes(part, 0, count) < count) {
                    throw new EOFException("data set " + place() + " ends within its images");
                }
                for (int i = 0; i < count; i++) {
                    window[i * columns + column] = part[i];
                }
                in.skipNBytes(column == columns - 1 ? 0 : rows - row - count);
            }
        }
        return window;
    }
}
