package io.oodmonitor.image;

/**
 * The bits of a VP8L stream, least significant first. Past the end it gives zeros; {@link #requireEnough} tells whether
 * any were used. Not thread-safe.
 */
final class Vp8lBits {
    private final byte[] data;
    private final int end;
    private int position;
    /** The lowest {@code count} bits are still to be read; above them it is zero. */
    private long buffer;
    private int count;

    Vp8lBits(Bytes stream) {
        this.data = stream.array();
        this.position = stream.from();
        this.end = stream.from() + stream.length();
    }

    /** The next 0 to 24 bits as a number. */
    int read(int bits) {
        int number = peek() & (1 << bits) - 1;
        skip(bits);
        return number;
    }

    boolean flag() {
        return read(1) != 0;
    }

    /** At least the next 24 bits. */
    int peek() {
        if (count < 24) {
            while (count <= 48 && position < end) {
                buffer |= (data[position++] & 0xFFL) << count;
                count += 8;
            }
        }
        return (int) buffer;
    }

    /** At most as many bits as were peeked at. */
    void skip(int bits) {
        buffer >>>= bits;
        count -= bits;
    }

    void requireEnough() throws ImageRejectedException {
        if (count < 0) {
            throw ImageRejectedException.corrupt("the WebP file's compressed data end before its image does");
        }
    }
}
