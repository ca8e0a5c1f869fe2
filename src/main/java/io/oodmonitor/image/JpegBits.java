package io.oodmonitor.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of one scan, most significant first, with the stuffed zero after each 0xFF byte taken out (T.81, B.1.1.5).
 * Past the end of the data it gives zeros; {@link #requireEnough} tells whether any were used. Not thread-safe.
 */
final class JpegBits {
    /** So many bits are there after {@link #fill}. */
    static final int FILLED = 56;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The next bits, from the highest one down. Behind the {@code count} first may stand more of the same data. */
    long buffer;
    /** Bits of the buffer still to be read; {@link JpegSequentialScan} keeps it and the buffer in registers. */
    int count;

    private final byte[] data;
    private final int end;
    private int position;
    /** Zeros appended after the end of the data. INVARIANT: they are read last. */
    private int padding;

    /** Bits from byte {@code at} of the file on. */
    JpegBits(Bytes file, int at) {
        this.data = file.array();
        this.end = file.from() + file.length();
        this.position = file.from() + at;
    }

    /** Where the reader stands in the array; never past a marker. */
    int position() {
        return position;
    }

    int peek16() {
        if (count < 16) {
            fill();
        }
        return (int) (buffer >>> 48);
    }

    /** At most as many bits as were peeked at. */
    void skip(int bits) {
        buffer <<= bits;
        count -= bits;
    }

    /** The next 0 to 16 bits as a number. */
    int read(int bits) {
        if (count < bits) {
            fill();
        }
        int value = (int) (buffer >>> 1 >>> 63 - bits);
        skip(bits);
        return value;
    }

    int readBit() {
        return read(1);
    }

    /** The next bits as a signed number of the given magnitude category. */
    int readSigned(int bits) {
        return signed(read(bits), bits);
    }

    /** T.81, F.2.2.1, EXTEND: below half of the category's range, numbers are negative. */
    static int signed(int value, int bits) {
        return value < 1 << bits >> 1 ? value + (-1 << bits) + 1 : value;
    }

    void requireEnough() throws ImageRejectedException {
        if (count < padding) {
            throw ImageRejectedException.corrupt("the JPEG file's compressed data ends before its image does");
        }
    }

    /** Goes on behind restart marker {@code number}, which has to be the next one. */
    void restart(int number) throws ImageRejectedException {
        requireEnough();
        buffer = 0;
        count = 0;
        padding = 0;
        while (position + 1 < end) {
            int marker = data[position + 1] & 0xFF;
            if ((data[position] & 0xFF) != 0xFF || marker == 0 || marker == 0xFF) {
                position++;
            } else if (marker == 0xD0 + number) {
                position += 2;
                return;
            } else {
                break;
            }
        }
        throw ImageRejectedException.corrupt("the JPEG file lacks restart marker " + number);
    }

    /** Makes at least {@link #FILLED} bits ready. */
    void fill() {
        if (position + Long.BYTES <= end && padding == 0) {
            long word = (long) EIGHT_BYTES.get(data, position);
            // Mostly none of the eight is 0xFF: no byte of the complement is zero.
            if ((~word - 0x0101010101010101L & word & 0x8080808080808080L) == 0) {
                buffer |= word >>> count;
                int bytes = 63 - count >> 3;
                position += bytes;
                count += 8 * bytes;
                return;
            }
        }
        while (count < FILLED) {
            long next;
            if (padding == 0 && position < end && data[position] != (byte) 0xFF) {
                next = data[position++] & 0xFF;
            } else if (padding == 0 && stuffed()) {
                next = 0xFF;
            } else {
                next = 0;
                padding += 8;
            }
            buffer |= next << 56 - count;
            count += 8;
        }
    }

    /** Steps over a 0xFF byte and the zero after it; fill bytes (more 0xFF) may stand between. */
    private boolean stuffed() {
        int at = position + 1;
        while (at < end && data[at] == (byte) 0xFF) {
            at++;
        }
        if (at < end && data[at] == 0) {
            position = at + 1;
            return true;
        }
        return false;
    }
}
