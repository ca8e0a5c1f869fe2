package io.oodmonitor.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of one scan, most significant first, with the stuffed zero after each 0xFF byte taken out (T.81, B.1.1.5).
 * Past the end of the data it gives zeros; {@link #requireEnough} tells whether any were used. Not thread-safe.
 */
final class JpegBits {
    private static final VarHandle FOUR_BYTES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] data;
    private final int end;
    private int position;
    /** The lowest {@code count} bits are still to be read. */
    private long buffer;
    private int count;
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
        return (int) (buffer >>> count - 16) & 0xFFFF;
    }

    /** At most as many bits as were peeked at. */
    void skip(int bits) {
        count -= bits;
    }

    /** The next 0 to 16 bits as a number. */
    int read(int bits) {
        if (count < bits) {
            fill();
        }
        count -= bits;
        return (int) (buffer >>> count) & (1 << bits) - 1;
    }

    int readBit() {
        return read(1);
    }

    /** The next bits as a signed number of the given magnitude category (T.81, F.2.2.1, EXTEND). */
    int readSigned(int bits) {
        if (bits == 0) {
            return 0;
        }
        int value = read(bits);
        return value < 1 << bits - 1 ? value + (-1 << bits) + 1 : value;
    }

    void requireEnough() throws ImageRejectedException {
        if (count < padding) {
            throw ImageRejectedException.corrupt("the JPEG file's compressed data ends before its image does");
        }
    }

    /** Goes on behind restart marker {@code number}, which has to be the next one. */
    void restart(int number) throws ImageRejectedException {
        requireEnough();
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

    private void fill() {
        if (position + 4 <= end && padding == 0) {
            int word = (int) FOUR_BYTES.get(data, position);
            // Nearly always none of the four is 0xFF: no byte of the complement is zero.
            if ((~word - 0x01010101 & word & 0x80808080) == 0) {
                buffer = buffer << 32 | word & 0xFFFFFFFFL;
                count += 32;
                position += 4;
                return;
            }
        }
        while (count <= 48) {
            int next;
            if (padding == 0 && position < end && data[position] != (byte) 0xFF) {
                next = data[position++] & 0xFF;
            } else if (padding == 0 && stuffed()) {
                next = 0xFF;
            } else {
                next = 0;
                padding += 8;
            }
            buffer = buffer << 8 | next;
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
