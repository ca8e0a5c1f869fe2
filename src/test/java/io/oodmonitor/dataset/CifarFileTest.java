package io.oodmonitor.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarFileTest {

    @TempDir
    private Path folder;

    @Test
    void shouldInterleaveThePlanes() throws IOException {
        Dataset dataset = Dataset.open(write(3, 9));

        assertThat(dataset.name()).isEqualTo("test.bin");
        assertThat(dataset.size()).isEqualTo(2);
        assertThat(dataset.classNames()).isEmpty();
        try (Stream<Sample> samples = dataset.samples()) {
            List<Sample> all = samples.toList();
            assertThat(all).extracting(Sample::id).containsExactly("test.bin/0", "test.bin/1");
            assertThat(all.get(1).label()).isEmpty();
            assertThat(all.get(1).labelIndex()).isEqualTo(OptionalInt.of(9));
            var pixels = (Payload.Rgb8) all.get(1).payload();
            assertThat(pixels.height()).isEqualTo(32);
            assertThat(pixels.width()).isEqualTo(32);
            for (int i = 0; i < 1024; i++) {
                for (int c = 0; c < 3; c++) {
                    assertThat(pixels.bytes()[3 * i + c]).isEqualTo(value(1, c, i));
                }
            }
        }
    }

    @Test
    void shouldNameClassesByTheFileBeside() throws IOException {
        Files.write(folder.resolve("batches.meta.txt"),
                IntStream.range(0, 10).mapToObj(i -> "class" + i).toList());

        Dataset dataset = Dataset.open(write(3));

        assertThat(dataset.classNames()).hasSize(10).startsWith("class0", "class1");
        try (Stream<Sample> samples = dataset.samples()) {
            assertThat(samples.findFirst().orElseThrow().label()).isEqualTo(Optional.of("class3"));
        }
    }

    @Test
    void shouldSkipAndLimit() throws IOException {
        Dataset dataset = Dataset.open(write(0, 1, 2, 3, 4));

        assertThat(labels(dataset.samples(2, 2))).containsExactly(2, 3);
        assertThat(labels(dataset.samples(3, Long.MAX_VALUE))).containsExactly(3, 4);
        assertThat(labels(dataset.samples(5, 1))).isEmpty();
        assertThat(labels(dataset.samples(1, 0))).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoCifar() throws IOException {
        Path file = write(0, 10);
        try (Stream<Sample> samples = Dataset.open(file).samples()) {
            assertThatThrownBy(samples::toList).isInstanceOf(UncheckedIOException.class)
                    .hasMessage("label of image 1 in " + file + " must be in 0 to 9, but is 10");
        }

        Path cut = folder.resolve("cut.bin");
        Files.write(cut, new byte[3072]);
        assertThatThrownBy(() -> Dataset.open(cut)).isInstanceOf(IOException.class).hasMessage("data set " + cut
                + " must be a folder, a tar, tar.gz or zip archive of images, CIFAR-10 or CIFAR-100 (archive, folder, "
                + "or *.bin file with records of 3073 or 3074 bytes), an IDX file of images, or a MATLAB file of SVHN, "
                + "but is none of these");

        Files.writeString(folder.resolve("batches.meta.txt"), "cat\ndog\n");
        assertThatThrownBy(() -> Dataset.open(file)).isInstanceOf(IOException.class).hasMessage(
                "class names of CIFAR-10 in " + folder.resolve("batches.meta.txt") + " must be 10 lines, but are 2");
    }

    @Test
    void shouldSayWhereAFileEnds() throws IOException {
        Path file = write(0, 1);
        Dataset dataset = Dataset.open(file);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 4000));

        try (Stream<Sample> samples = dataset.samples()) {
            assertThatThrownBy(samples::toList).isInstanceOf(UncheckedIOException.class)
                    .hasMessage("data set " + file + " ends within image 1 of 2");
        }
    }

    private Path write(int... labels) throws IOException {
        byte[] bytes = new byte[labels.length * 3073];
        for (int image = 0; image < labels.length; image++) {
            bytes[image * 3073] = (byte) labels[image];
            for (int i = 0; i < 3072; i++) {
                bytes[image * 3073 + 1 + i] = value(image, i / 1024, i % 1024);
            }
        }
        return Files.write(folder.resolve("test.bin"), bytes);
    }

    private static byte value(int image, int channel, int pixel) {
        return (byte) (31 * image + 101 * channel + 7 * pixel);
    }

    private static List<Integer> labels(Stream<Sample> samples) {
        try (samples) {
            return samples.map(sample -> sample.labelIndex().orElseThrow()).toList();
        }
    }
}
