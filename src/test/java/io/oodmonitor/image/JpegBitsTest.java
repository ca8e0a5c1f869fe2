package io.oodmonitor.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The reader of eight bytes at once against one of a bit at a time. */
class JpegBitsTest {

    @Property(tries = 2_000, seed = "6")
    void shouldReadWhatABitwiseReaderReads(@ForAll long seed, @ForAll @IntRange(min = 0, max = 80) int length,
            @ForAll @IntRange(min = 1, max = 40) int stuffing) {
        Random random = new Random(seed);
        byte[] data = new byte[length];
        random.nextBytes(data);
        for (int i = 0; i < length; i++) {
            if (random.nextInt(stuffing) == 0) {
                data[i] = (byte) 0xFF;
            }
        }
        Bitwise expected = new Bitwise(data);
        JpegBits actual = new JpegBits(Bytes.of(ByteBuffer.wrap(data)), 0);

        for (int i = 0; i < 80; i++) {
            int bits = random.nextInt(17);
            if (random.nextBoolean()) {
                int next = actual.peek16();
                actual.skip(bits);
                assertThat(next >>> 16 - bits).isEqualTo(expected.read(bits));
            } else {
                assertThat(actual.read(bits)).isEqualTo(expected.read(bits));
            }
            assertThat(actual.position()).isLessThanOrEqualTo(expected.marker());
            assertThat(isEnough(actual)).isEqualTo(expected.enough);
        }
    }

    private static boolean isEnough(JpegBits bits) {
        try {
            bits.requireEnough();
            return true;
        } catch (ImageRejectedException e) {
            return false;
        }
    }

    /** T.81, F.2.2.5, NEXTBIT, with zeros from the first marker on. */
    private static final class Bitwise {
        private final byte[] data;
        private int position;
        private int left;
        private int current;
        private boolean enough = true;

        Bitwise(byte[] data) {
            this.data = data;
        }

        int read(int bits) {
            int value = 0;
            for (int i = 0; i < bits; i++) {
                value = value << 1 | bit();
            }
            return value;
        }

        private int bit() {
            if (left == 0) {
                next();
            }
            left--;
            return current >> left & 1;
        }

        private void next() {
            left = 8;
            current = 0;
            if (!enough || position >= marker()) {
                enough = false;
                return;
            }
            current = data[position++] & 0xFF;
            if (current == 0xFF) {
                while (data[position] == (byte) 0xFF) {
                    position++;
                }
                position++;
            }
        }

        /** Where the data end: at the first 0xFF that no zero follows, fill bytes aside. */
        int marker() {
            for (int i = 0; i < data.length; i++) {
                if (data[i] == (byte) 0xFF) {
                    int after = i;
                    while (after < data.length && data[after] == (byte) 0xFF) {
                        after++;
                    }
                    if (after == data.length || data[after] != 0) {
                        return i;
                    }
                    i = after;
                }
            }
            return data.length;
        }
    }
}
