package io.oodmonitor.detector;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** What fixtures.py wrote. */
final class Fixtures {

    private Fixtures() {
    }

    static double[] doubles(String text) {
        return Arrays.stream(text.strip().split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    static float[] floats(String text) {
        double[] doubles = doubles(text);
        float[] floats = new float[doubles.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) doubles[i];
        }
        return floats;
    }

    static Path file(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(Fixtures.class.getResource(name), name).toURI());
    }
}
