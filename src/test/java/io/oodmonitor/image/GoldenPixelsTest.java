package io.oodmonitor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Photos of the shared data, decoded and framed, against what Pillow made of them. */
class GoldenPixelsTest {
    private static final Path SHARED = Path.of(System.getProperty("ood.shared", "../shared"));

    @Test
    void shouldFrameTexturesAsPillowDoes() throws Exception {
        Path scores = shared("golden/densenet-cifar10.textures.csv");
        List<Path> photos = Files.readAllLines(scores).stream().skip(1)
                .map(row -> SHARED.resolve("data/textures").resolve(row.substring(0, row.indexOf(',')))).toList();

        compare(photos, Framing.resizeThenCrop(32, 32, 32, Interpolation.BILINEAR),
                shared("golden/textures.32x32.rgb"));
    }

    @Test
    void shouldFrameImageNetPhotosAsPillowDoes() throws Exception {
        List<Path> photos;
        try (Stream<Path> files = Files.list(shared("data/imagenet-sample"))) {
            photos = files.sorted().limit(10).toList();
        }

        compare(photos, Framing.cropThenResize(0.875, 224, 224, Interpolation.BILINEAR),
                shared("golden/imagenet-sample.first10.224x224.rgb"));
    }

    private static void compare(List<Path> photos, Framing framing, Path golden) throws Exception {
        byte[] expected = Files.readAllBytes(golden);
        assertThat(expected).hasSize(photos.size() * framing.bytes());
        ByteBuffer actual = ByteBuffer.allocate(expected.length);
        ImageDecoder framed = new ImageDecoder(ImageLimits.DEFAULT, framing);
        for (Path photo : photos) {
            ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(photo));
            int from = actual.position();
            framing.draw(Fixtures.DECODER.decode(file), actual);
            assertThat(framed.decode(file).pixels()).as(photo.toString())
                    .isEqualTo(Arrays.copyOfRange(actual.array(), from, actual.position()));
        }

        PixelDifference difference = PixelDifference.between(actual.array(), 0, expected, 0, expected.length);

        System.out.println(golden.getFileName() + ": " + difference);
        assertThat(difference.differing()).as(difference.toString()).isZero();
    }

    private static Path shared(String path) {
        Path file = SHARED.resolve(path);
        assumeTrue(Files.exists(file), () -> "skipped: " + file + " is absent");
        return file;
    }
}
