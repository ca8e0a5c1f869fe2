package io.oodmonitor.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files are read, or end in one sentence; nothing else happens, and nothing is written. */
class HostileFileTest {

    private static final Path FIXTURES = Path.of("src/test/resources/io/oodmonitor/dataset");
    private static final int DAMAGES = 400;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"svhn.mat", "svhn-plain.mat", "svhn-big-endian.mat", "svhn-doubles-first.mat",
        "cifar-10-python.tar.gz", "cifar-100-binary.tar.gz"})
    void shouldReadOrRefuse(String fixture) throws IOException {
        damage(Files.readAllBytes(FIXTURES.resolve(fixture)), fixture);
    }

    /** Behind gzip's checksum. */
    @ParameterizedTest
    @ValueSource(strings = {"cifar-10-python", "cifar-100-python", "cifar-100-binary"})
    void shouldReadOrRefuseWhatIsUnpacked(String fixture) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(FIXTURES.resolve(fixture + ".tar.gz")))) {
            damage(in.readAllBytes(), fixture + ".tar");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.tar", "a.tgz", "a.zip"})
    void shouldReadOrRefuseImages(String name) throws IOException {
        Path archive = Packed.any(folder.resolve(name), List.of("a/", "a/1.jpg", "b/" + "x".repeat(150) + ".png",
                "b/2.jpg"));
        damage(Files.readAllBytes(archive), name);
    }

    private void damage(byte[] whole, String name) throws IOException {
        Path file = Files.createDirectories(folder.resolve("damaged")).resolve(name);
        Random random = new Random(whole.length);
        int refused = 0;
        for (int i = 0; i < DAMAGES; i++) {
            byte[] bytes = whole.clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                // Headers lie at the start, and at the end of a zip archive.
                int at = random.nextBoolean() ? random.nextInt(bytes.length)
                        : random.nextInt(Math.min(bytes.length, 700));
                bytes[random.nextInt(4) == 0 ? bytes.length - 1 - at : at] = (byte) random.nextInt(256);
            }
            Files.write(file, bytes);
            try {
                Samples.seen(Dataset.open(file));
                Samples.seen(Dataset.open(Path.of(file + "#train")));
            } catch (IOException | UncheckedIOException e) {
                refused++;
                assertThat(e.getMessage()).as("damage %d", i).contains(name).doesNotContain("\n")
                        .hasSizeLessThan(1_500);
            }
        }
        assertThat(refused).isPositive();
        assertThat(file.getParent().toFile().list()).containsExactly(name);
    }
}
