package io.oodmonitor.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"textures.tar", "textures.tar.gz", "textures.zip"})
    void shouldReadPhotosFromAnArchiveAsFromTheirFolder(String name, @TempDir Path folder) throws IOException {
        Path textures = present("data/textures");
        Path archive = folder.resolve(name);
        try (Stream<Path> walk = Files.walk(textures)) {
            // Not in order, as tar packs them.
            List<Path> files = walk.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(path -> path.getFileName().toString().hashCode())).toList();
            Packed.files(archive, textures.getParent(), files);
        }

        assertThat(Samples.seen(Dataset.open(archive))).hasSize(150)
                .isEqualTo(Samples.seen(Dataset.open(textures)));
    }

    @Test
    void shouldReadCifarFromAnArchiveAsFromItsFile(@TempDir Path folder) throws IOException {
        Path cifar = present("data/cifar10");
        Path archive = folder.resolve("cifar-10-binary.tar.gz");
        Packed.files(archive, cifar.getParent(),
                List.of(cifar.resolve("test_batch.bin"), cifar.resolve("batches.meta.txt")));

        List<Samples.Seen> expected = Samples.seen(Dataset.open(cifar.resolve("test_batch.bin")));
        assertThat(expected).hasSize(10_000);
        assertThat(Samples.seen(Dataset.open(archive))).isEqualTo(expected);
        assertThat(Samples.seen(Dataset.open(cifar))).isEqualTo(expected);
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
