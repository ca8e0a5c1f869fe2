package io.oodmonitor.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of file that is supported shows, byte for byte, what Pillow shows of it. */
class PillowPixelsTest {
    static List<String> jpegFiles() {
        return Fixtures.names("jpeg-");
    }

    static List<String> pngFiles() {
        return Fixtures.names("png-");
    }

    static List<String> bmpFiles() {
        return Fixtures.names("bmp-");
    }

    static List<String> webpFiles() {
        return Fixtures.names("webp-");
    }

    @ParameterizedTest
    @MethodSource({"jpegFiles", "pngFiles", "bmpFiles", "webpFiles"})
    void shouldShowWhatPillowShows(String name) throws Exception {
        PixelDifference difference = PixelDifference.between(Fixtures.decode(name), Fixtures.expected(name));

        assertThat(difference.differing()).as("%s: %s", name, difference).isZero();
    }
}
