package io.oodmonitor.detector;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** What fixtures.py wrote. */
public final class Fixtures {

    private Fixtures() {
    }

    public static double[] doubles(String text) {
        return Arrays.stream(text.strip().split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    public static float[] floats(String text) {
        double[] doubles = doubles(text);
        float[] floats = new float[doubles.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) doubles[i];
        }
        return floats;
    }

    public static Path file(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(Fixtures.class.getResource(name), name).toURI());
    }
}
