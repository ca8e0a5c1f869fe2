package io.oodmonitor.bench;

import io.oodmonitor.dataset.Payload;
import io.oodmonitor.dataset.Sample;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/** Raw pixels, 32 x 32, so that an event has 3 KB: the smallest images that anybody scores. */
final class NoisyPixels {

    private static final int SIDE = 32;
    private static final int IMAGES = 64;

    private NoisyPixels() {}

    static Workload workload() {
        Random random = new Random(1);
        return new Workload("pixels", IntStream.range(0, IMAGES).mapToObj(i -> {
            byte[] pixels = new byte[SIDE * SIDE * 3];
            random.nextBytes(pixels);
            return new Sample("pixels/" + i, Optional.empty(), OptionalInt.empty(),
                    new Payload.Rgb8(SIDE, SIDE, pixels));
        }).toList(), 0);
    }
}
