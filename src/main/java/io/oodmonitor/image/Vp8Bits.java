package io.oodmonitor.image;

/**
 * The boolean entropy decoder of VP8 (RFC 6386, chapter 7) on one partition. Past its end it gives zeros; whether any
 * were needed {@link #exhausted} tells. Not thread-safe.
 */
final class Vp8Bits {
    private final byte[] data;
    private final int end;
    private int position;
    /** The window of the arithmetic code; its top 8 bits stand {@code spare} bits up. */
    private long value;
    /** Bits below the top 8 that are already loaded; negative when more are needed. */
    private int spare = -8;
    private int range = 255;
    private boolean exhausted;

    Vp8Bits(Bytes partition) {
        this.data = partition.array();
        this.position = partition.from();
        this.end = partition.from() + partition.length();
    }

    /** One bit that is 0 with probability p / 256. */
    int bit(int p) {
        if (spare < 0) {
            load();
        }
        int split = 1 + ((range - 1) * p >> 8);
        int bit;
        if (value >= (long) split << spare) {
            value -= (long) split << spare;
            range -= split;
            bit = 1;
        } else {
            range = split;
            bit = 0;
        }
        int shift = Integer.numberOfLeadingZeros(range) - 24;
        range <<= shift;
        spare -= shift;
        return bit;
    }

    boolean flag() {
        return bit(128) != 0;
    }

    int number(int bits) {
        int number = 0;
        for (int i = 0; i < bits; i++) {
            number = number << 1 | bit(128);
        }
        return number;
    }

    /** A magnitude of so many bits, then a sign. */
    int signed(int bits) {
        int magnitude = number(bits);
        return flag() ? -magnitude : magnitude;
    }

    /** A number if a flag is set before it, else 0. */
    int optionalSigned(int bits) {
        return flag() ? signed(bits) : 0;
    }

    boolean exhausted() {
        return exhausted;
    }

    private void load() {
        if (position >= end) {
            exhausted = true;
            value <<= 8;
            spare += 8;
            return;
        }
        while (spare <= 40 && position < end) {
            value = value << 8 | data[position++] & 0xFF;
            spare += 8;
        }
    }
}
