package io.oodmonitor.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JpegHuffmanTableTest {

    /** A code and its value in one look-up are those that are read one after the other. */
    @Property(tries = 300, seed = "7")
    void shouldStepAsFarAsItDecodes(@ForAll long seed) throws Exception {
        JpegHuffmanTable table = JpegHuffmanTable.read(randomTable(new Random(seed)));
        int[] steps = table.steps();

        for (int i = 0; i < steps.length; i++) {
            int used = steps[i] & 0xFF;
            if (used > 0) {
                int top = i << 16 - JpegHuffmanTable.STEP_BITS;
                Bytes data = top >> 8 == 0xFF ? bytes(top >> 8, 0, top, 0, 0, 0) : bytes(top >> 8, top, 0, 0, 0);
                JpegBits bits = new JpegBits(data, 0);
                bits.fill();
                int before = bits.count;
                int symbol = table.decode(bits);
                int value = bits.readSigned(symbol & 15);

                assertThat(before - bits.count).isEqualTo(used);
                assertThat(steps[i] - used).isEqualTo(JpegHuffmanTable.step(symbol, value));
            }
        }
    }

    @Test
    void shouldStepOverRunsAndToTheEnd() {
        assertThat(JpegHuffmanTable.step(0x00, 0)).isEqualTo(JpegHuffmanTable.BLOCK_END << 8);
        assertThat(JpegHuffmanTable.step(0xF0, 0)).isEqualTo(16 << 8);
        assertThat(JpegHuffmanTable.step(0x32, -3)).isEqualTo(-3 << 16 | 4 << 8);
    }

    @Test
    void shouldKnowWhatItWasReadFrom() throws Exception {
        Bytes one = bytes(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 6);
        Bytes other = bytes(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 7);

        JpegHuffmanTable table = JpegHuffmanTable.read(one);

        assertThat(table.isReadFrom(one)).isTrue();
        assertThat(table.isReadFrom(other)).isFalse();
        assertThat(table.isReadFrom(one.slice(0, 17))).isFalse();
    }

    /** Codes of random lengths as long as there is room, symbols at random. */
    private static Bytes randomTable(Random random) {
        int[] counts = new int[16];
        int total = 0;
        int room = 1;
        for (int i = 0; i < 16; i++) {
            room *= 2;
            counts[i] = Math.min(random.nextInt(Math.min(room, 40)), 256 - total);
            room -= counts[i];
            total += counts[i];
        }
        int[] definition = new int[16 + total];
        for (int i = 0; i < definition.length; i++) {
            definition[i] = i < 16 ? counts[i] : random.nextInt(256);
        }
        return bytes(definition);
    }

    private static Bytes bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Bytes.of(ByteBuffer.wrap(bytes));
    }
}
