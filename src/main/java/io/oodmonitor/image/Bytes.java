package io.oodmonitor.image;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A read-only stretch of bytes, addressed from 0. Reading outside of it throws {@link OutsideBytesException}, which
 * {@link ImageDecoder} reports as a corrupt image.
 */
final class Bytes {
    private final byte[] array;
    private final int from;
    private final int length;

    private Bytes(byte[] array, int from, int length) {
        this.array = array;
        this.from = from;
        this.length = length;
    }

    static Bytes of(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            return new Bytes(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(buffer.position(), copy);
        return new Bytes(copy, 0, copy.length);
    }

    int length() {
        return length;
    }

    /** The array that holds the bytes; byte 0 is at {@link #from()}. */
    byte[] array() {
        return array;
    }

    int from() {
        return from;
    }

    Bytes slice(int at, int count) {
        check(at, count);
        return new Bytes(array, from + at, count);
    }

    int u8(int at) {
        check(at, 1);
        return array[from + at] & 0xFF;
    }

    int u16BigEndian(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    int u16LittleEndian(int at) {
        return u8(at) | u8(at + 1) << 8;
    }

    int u24LittleEndian(int at) {
        return u16LittleEndian(at) | u8(at + 2) << 16;
    }

    int i32BigEndian(int at) {
        return u16BigEndian(at) << 16 | u16BigEndian(at + 2);
    }

    int i32LittleEndian(int at) {
        return u16LittleEndian(at) | u16LittleEndian(at + 2) << 16;
    }

    byte[] copy(int at, int count) {
        check(at, count);
        return Arrays.copyOfRange(array, from + at, from + at + count);
    }

    private void check(int at, int count) {
        if (at < 0 || count < 0 || at > length - count) {
            throw new OutsideBytesException(at, count, length);
        }
    }

    boolean startsWith(byte[] bytes) {
        return length >= bytes.length && Arrays.equals(array, from, from + bytes.length, bytes, 0, bytes.length);
    }

    boolean startsWith(String ascii) {
        if (length < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (array[from + i] != (byte) ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
