package io.oodmonitor.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Short cuts past zeros against the whole transform, which the golden pixels hold to libjpeg-turbo's. */
class InverseDctTest {
    private static final long ALL = ~0L;

    @Property(tries = 3_000, seed = "8")
    void shouldGiveTheSameWhateverItSkips(@ForAll long seed, @ForAll @IntRange(min = 0, max = 63) int last,
            @ForAll @IntRange(min = 1, max = 1000) int most) {
        Random random = new Random(seed);
        int[] block = new int[64];
        long filled = 0;
        for (int k = 0; k <= last; k++) {
            int i = JpegScan.NATURAL[k];
            if (random.nextInt(3) > 0) {
                block[i] = random.nextInt(2 * most + 1) - most;
                filled |= i == 0 ? 0 : 1L << i;
            }
        }
        byte[] expected = samples(block.clone(), ALL);

        assertThat(samples(block, filled)).isEqualTo(expected);
        assertThat(block).containsOnly(0);
    }

    @Property(tries = 500, seed = "9")
    void shouldGiveTheSameForAnAverageAlone(@ForAll @IntRange(min = -20_000, max = 20_000) int average) {
        int[] block = new int[64];
        block[0] = average;
        byte[] flat = new byte[64];

        InverseDct.transformFlat(average, flat, 0, 8);

        assertThat(flat).isEqualTo(samples(block, ALL));
    }

    private static byte[] samples(int[] block, long filled) {
        byte[] samples = new byte[64];
        InverseDct.transform(block, filled, samples, 0, 8);
        return samples;
    }
}
