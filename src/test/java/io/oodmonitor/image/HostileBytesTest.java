package io.oodmonitor.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever the bytes are: an image within the limits or an ImageRejectedException, and memory within bounds. Beneath
 * the decoder's guard, which would hide what no check names.
 */
class HostileBytesTest {
    private static final ImageLimits LIMITS = new ImageLimits(400, 40_000, 1 << 20);
    private static final ImageDecoder DECODER = new ImageDecoder(LIMITS);
    /** 16 bytes a pixel, a copy of the file, and what tables and strings take. */
    private static final long MOST_MEMORY = 16 * LIMITS.maxPixels() + (3 << 20);
    private static final List<byte[]> FILES = List.of("jpeg-", "png-", "bmp-", "webp-").stream()
            .flatMap(prefix -> Fixtures.names(prefix).stream()).map(Fixtures::bytes).toList();
    private static final List<byte[]> STARTS = List.of(
            new byte[0],
            new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF},
            new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'},
            new byte[] {'B', 'M'},
            new byte[] {'R', 'I', 'F', 'F', 100, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8', 'L', 80, 0, 0, 0, 0x2F},
            new byte[] {'R', 'I', 'F', 'F', 100, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8', ' ', 80, 0, 0, 0});

    @Property(tries = 3_000, seed = "2")
    void shouldSurviveRandomBytes(@ForAll("starts") byte[] start, @ForAll byte[] rest) {
        byte[] file = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, file, start.length, rest.length);
        decode(file);
    }

    @Property(tries = 20_000, seed = "3")
    void shouldSurviveFlippedBytes(@ForAll("files") byte[] file, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] mutated = file.clone();
        for (int i = 1 << random.nextInt(6); i > 0; i--) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        }
        decode(mutated);
    }

    @Property(tries = 5_000, seed = "4")
    void shouldSurviveChangedHeaders(@ForAll("files") byte[] file, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] mutated = file.clone();
        for (int i = 1 << random.nextInt(4); i > 0; i--) {
            mutated[8 + random.nextInt(Math.min(mutated.length - 8, 60))] = (byte) random.nextInt();
        }
        decode(mutated);
    }

    @Property(tries = 5_000, seed = "5")
    void shouldSurviveMissingAndRepeatedStretches(@ForAll("files") byte[] file, @ForAll long seed) {
        Random random = new Random(seed);
        int cut = random.nextInt(file.length);
        int resume = random.nextInt(file.length);
        byte[] mutated = Arrays.copyOf(file, cut + file.length - resume);
        System.arraycopy(file, resume, mutated, cut, file.length - resume);
        decode(mutated);
    }

    private static void decode(byte[] file) {
        long before = allocated();
        try {
            RgbImage image = DECODER.decodeUnguarded(ByteBuffer.wrap(file));
            assertThat((long) image.height() * image.width()).isLessThanOrEqualTo(LIMITS.maxPixels());
            assertThat(Math.max(image.height(), image.width())).isLessThanOrEqualTo(LIMITS.maxSide());
        } catch (ImageRejectedException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
        assertThat(allocated() - before).as("allocated").isLessThan(MOST_MEMORY);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Provide
    Arbitrary<byte[]> starts() {
        return Arbitraries.of(STARTS);
    }

    @Provide
    Arbitrary<byte[]> files() {
        return Arbitraries.of(FILES);
    }
}
