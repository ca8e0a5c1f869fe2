package io.oodmonitor.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a test says of samples. */
final class Samples {

    /** A sample whose bytes can be compared. */
    record Seen(String id, String label, int index, Class<?> payload, int bytes) {
    }

    private Samples() {
    }

    static List<Seen> seen(Dataset dataset) {
        return seen(dataset.samples());
    }

    static List<Seen> seen(Stream<Sample> samples) {
        try (samples) {
            return samples.map(sample -> new Seen(sample.id(), sample.label().orElse(null),
                    sample.labelIndex().orElse(-1), sample.payload().getClass(),
                    Arrays.hashCode(sample.payload().bytes()))).toList();
        }
    }

    /** Checks the pixels of the fixtures' image (make.py). */
    static void assertImage(Sample sample, int number) {
        var pixels = (Payload.Rgb8) sample.payload();
        assertThat(pixels.height()).isEqualTo(32);
        assertThat(pixels.width()).isEqualTo(32);
        byte[] expected = new byte[3 * 1024];
        for (int pixel = 0; pixel < 1024; pixel++) {
            for (int channel = 0; channel < 3; channel++) {
                expected[3 * pixel + channel] = (byte) (31 * number + 101 * channel + 7 * pixel);
            }
        }
        assertThat(pixels.bytes()).isEqualTo(expected);
    }
}
