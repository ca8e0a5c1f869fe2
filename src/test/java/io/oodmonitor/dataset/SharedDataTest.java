package io.oodmonitor.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The readers on the shared data sets. */
class SharedDataTest {

    private static final Path SHARED = Path.of(System.getProperty("ood.shared", "../shared"));

    @Test
    void shouldReadTheTexturesInTheOrderOfTheGoldenScores() throws IOException {
        Dataset textures = Dataset.open(present("data/textures"));
        List<String> golden = column("golden/densenet-cifar10.textures.csv", 0);

        assertThat(textures.size()).isEqualTo(150);
        assertThat(textures.classNames()).hasSize(10).startsWith("banded", "blotchy");
        try (Stream<Sample> samples = textures.samples()) {
            assertThat(samples.map(Sample::id)).containsExactlyElementsOf(golden);
        }
    }

    @Test
    void shouldReadCifarWithTheLabelsOfTheGoldenScores() throws IOException {
        Dataset cifar = Dataset.open(present("data/cifar10/test_batch.bin"));
        List<String> golden = column("golden/densenet-cifar10.test_batch.csv", 1);

        assertThat(cifar.size()).isEqualTo(10_000);
        assertThat(cifar.classNames()).contains("airplane", "truck");
        try (Stream<Sample> samples = cifar.samples()) {
            assertThat(samples.map(sample -> String.valueOf(sample.labelIndex().orElseThrow())))
                    .containsExactlyElementsOf(golden);
        }
        try (Stream<Sample> samples = cifar.samples(9_999, 5)) {
            assertThat(samples.map(Sample::id)).containsExactly("test_batch.bin/9999");
        }
    }

    @Test
    void shouldReadGlyphsAndFlatFolders() throws IOException {
        for (String file : List.of("mnist-images-idx3-ubyte.gz", "notmnist-images-idx3-ubyte.gz")) {
            Dataset glyphs = Dataset.open(present("data/glyphs/" + file));
            assertThat(glyphs.size()).isEqualTo(10_000);
            try (Stream<Sample> samples = glyphs.samples()) {
                assertThat(samples.mapToLong(sample -> sample.payload().bytes().length).sum())
                        .isEqualTo(10_000L * 28 * 28 * 3);
            }
        }
        assertThat(Dataset.open(present("data/tiny-imagenet-32")).size()).isEqualTo(3000);
        assertThat(Dataset.open(present("data/imagenet-sample")).size()).isEqualTo(200);
    }

    private static List<String> column(String file, int column) throws IOException {
        return Files.readAllLines(present(file)).stream().skip(1).map(line -> line.split(",")[column]).toList();
    }

    private static Path present(String file) {
        Path path = SHARED.resolve(file);
        assumeTrue(Files.exists(path), () -> "SKIPPED: " + path + " is absent");
        return path;
    }
}
