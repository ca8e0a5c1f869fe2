package io.oodmonitor.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    private Path root;

    @Test
    void shouldReadAFlatFolderInOrder() throws IOException {
        write("b.png", "a.JPEG", "B.jpg", "c10.webp", "c9.bmp", "notes.txt", ".hidden.jpg");

        Dataset dataset = Dataset.open(root);

        assertThat(dataset.name()).isEqualTo(root.getFileName().toString());
        assertThat(dataset.size()).isEqualTo(5);
        assertThat(dataset.classNames()).isEmpty();
        assertThat(ids(dataset.samples())).containsExactly("B.jpg", "a.JPEG", "b.png", "c10.webp", "c9.bmp");
        assertThat(read(dataset, 1)).isEqualTo("a.JPEG");
        try (Stream<Sample> samples = dataset.samples()) {
            assertThat(samples).allSatisfy(sample -> {
                assertThat(sample.label()).isEmpty();
                assertThat(sample.labelIndex()).isEmpty();
            });
        }
    }

    @Test
    void shouldReadOneFolderAClassAsTorchvisionDoes() throws IOException {
        write("nut/2.png", "nut/1.png", "bolt/z.jpg", "bolt/old/a.jpg", "bolt/new/b.jpg", "empty/readme.txt",
                ".cache/x.png", "readme.md");

        Dataset dataset = Dataset.open(root);

        assertThat(dataset.classNames()).containsExactly("bolt", "empty", "nut");
        assertThat(dataset.size()).isEqualTo(5);
        try (Stream<Sample> samples = dataset.samples()) {
            List<Sample> all = samples.toList();
            assertThat(all).extracting(Sample::id)
                    .containsExactly("bolt/z.jpg", "bolt/new/b.jpg", "bolt/old/a.jpg", "nut/1.png", "nut/2.png");
            assertThat(all.get(2).label()).isEqualTo(Optional.of("bolt"));
            assertThat(all.get(2).labelIndex()).isEqualTo(OptionalInt.of(0));
            assertThat(all.get(3).label()).isEqualTo(Optional.of("nut"));
            assertThat(all.get(3).labelIndex()).isEqualTo(OptionalInt.of(2));
        }
    }

    @Test
    void shouldSkipAndLimit() throws IOException {
        write("a/1.png", "a/2.png", "b/1.png", "b/2.png", "c/1.png");

        Dataset dataset = Dataset.open(root);

        assertThat(ids(dataset.samples(1, 3))).containsExactly("a/2.png", "b/1.png", "b/2.png");
        assertThat(ids(dataset.samples(4, Long.MAX_VALUE))).containsExactly("c/1.png");
        assertThat(ids(dataset.samples(5, 1))).isEmpty();
        assertThat(ids(dataset.samples(99, 1))).isEmpty();
        assertThat(ids(dataset.samples(0, 0))).isEmpty();
        assertThatThrownBy(() -> dataset.samples(-1, 1)).hasMessage("images to skip must be at least 0, but are -1");
        assertThatThrownBy(() -> dataset.samples(0, -1)).hasMessage("limit of images must be at least 0, but is -1");
    }

    @Test
    void shouldReadAFileOnlyWhenItIsAskedFor() throws IOException {
        write("a/1.png", "a/2.png");
        Dataset dataset = Dataset.open(root);

        try (Stream<Sample> samples = dataset.samples()) {
            var iterator = samples.iterator();
            assertThat(iterator.next().id()).isEqualTo("a/1.png");
            Files.writeString(root.resolve("a/2.png"), "changed");
            assertThat(new String(iterator.next().payload().bytes(), StandardCharsets.UTF_8)).isEqualTo("changed");
        }
    }

    @Test
    void shouldSayWhatItFoundInstead() throws IOException {
        write("notes.txt");
        assertThatThrownBy(() -> Dataset.open(root)).isInstanceOf(IOException.class).hasMessage("folder " + root
                + " must hold images (.jpg, .jpeg, .png, .bmp, .webp) or folders of images, but holds none");

        write("stray.png", "nut/1.png");
        assertThatThrownBy(() -> Dataset.open(root)).isInstanceOf(IOException.class).hasMessage("folder " + root
                + " must hold either images or folders of images, but holds both: stray.png lies beside the folders");

        assertThatThrownBy(() -> Dataset.open(root.resolve("gone"))).isInstanceOf(IOException.class)
                .hasMessage("data set " + root.resolve("gone") + " does not exist");
    }

    @Test
    void shouldNameTheFileThatWentAway() throws IOException {
        write("1.png", "2.png");
        Dataset dataset = Dataset.open(root);
        Files.delete(root.resolve("2.png"));

        try (Stream<Sample> samples = dataset.samples()) {
            assertThatThrownBy(samples::toList).isInstanceOf(UncheckedIOException.class)
                    .hasMessage("data set " + root + " cannot be read: it no longer has the 2 images it had");
        }
    }

    private void write(String... files) throws IOException {
        for (String file : files) {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
    }

    private static String read(Dataset dataset, long index) {
        try (Stream<Sample> samples = dataset.samples(index, 1)) {
            Payload payload = samples.findFirst().orElseThrow().payload();
            assertThat(payload).isInstanceOf(Payload.Encoded.class);
            return new String(payload.bytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> ids(Stream<Sample> samples) {
        try (samples) {
            return samples.map(Sample::id).toList();
        }
    }
}
