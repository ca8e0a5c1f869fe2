package io.oodmonitor.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CIFAR as published, on the tiny archives that make.py made. */
class CifarVersionTest {

    private static final Path FIXTURES = Path.of("src/test/resources/io/oodmonitor/dataset");
    private static final List<Integer> TEST = List.of(0, 1, 2);
    private static final List<Integer> TRAIN_10 = List.of(10, 11, 20, 21, 30, 31, 40, 41, 50, 51);
    private static final List<Integer> TRAIN_100 = List.of(10, 11, 12, 13, 14, 15, 16);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"cifar-10-binary,10,test_batch.bin/2", "cifar-10-python,10,test_batch/2",
        "cifar-100-binary,100,test.bin/2", "cifar-100-python,100,test/2"})
    void shouldReadBothPartsPackedAndUnpacked(String name, int classes, String lastId) throws IOException {
        Path archive = FIXTURES.resolve(name + ".tar.gz");
        Path unpacked = Packed.unpack(archive, folder);
        for (Path path : List.of(archive, unpacked)) {
            Dataset test = Dataset.open(path);
            assertThat(test.name()).isEqualTo(path.getFileName().toString());
            assertImages(test, classes, TEST);
            assertImages(open(path, "test"), classes, TEST);
            Dataset train = open(path, "train");
            assertThat(train.name()).isEqualTo(path.getFileName() + "#train");
            assertImages(train, classes, classes == 10 ? TRAIN_10 : TRAIN_100);
            try (Stream<Sample> samples = test.samples(2, 9)) {
                assertThat(samples.map(Sample::id)).containsExactly(lastId);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cifar-10-python", "cifar-100-python", "cifar-100-binary"})
    void shouldSkipAcrossFiles(String name) throws IOException {
        Dataset train = open(FIXTURES.resolve(name + ".tar.gz"), "train");
        List<Samples.Seen> all = Samples.seen(train);

        for (int skip = 0; skip <= all.size(); skip++) {
            assertThat(Samples.seen(train.samples(skip, 3)))
                    .isEqualTo(all.subList(skip, Math.min(all.size(), skip + 3)));
        }
    }

    @Test
    void shouldReadOneFileOfCifar100() throws IOException {
        Path unpacked = Packed.unpack(FIXTURES.resolve("cifar-100-binary.tar.gz"), folder);

        Dataset dataset = Dataset.open(unpacked.resolve("train.bin"));

        assertThat(dataset.name()).isEqualTo("train.bin");
        assertImages(dataset, 100, TRAIN_100);
    }

    @Test
    void shouldSayWhichPartsThereAre() throws IOException {
        Path archive = FIXTURES.resolve("cifar-10-python.tar.gz");
        assertThatThrownBy(() -> open(archive, "valid")).isInstanceOf(IOException.class).hasMessage(
                "part of CIFAR-10 in " + archive + " must be test or train, but is valid");

        Path unpacked = Packed.unpack(archive, folder);
        Files.delete(unpacked.resolve("data_batch_3"));
        assertThatThrownBy(() -> open(unpacked, "train")).isInstanceOf(IOException.class).hasMessage(
                "CIFAR-10 in " + unpacked + " has no part train: the file data_batch_3 is missing");

        Files.write(unpacked.resolve("batches.meta"),
                Files.readAllBytes(Packed.unpack(FIXTURES.resolve("cifar-100-python.tar.gz"), folder).resolve("meta")));
        assertThatThrownBy(() -> Dataset.open(unpacked)).isInstanceOf(IOException.class).hasMessage("pickle "
                + unpacked.resolve("batches.meta") + " must hold 'label_names', a list of strings, but does not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cifar-10-python", "cifar-100-python", "cifar-10-binary", "cifar-100-binary"})
    void shouldSayWhenItIsCutOff(String name) throws IOException {
        byte[] whole = Files.readAllBytes(FIXTURES.resolve(name + ".tar.gz"));
        Path cut = folder.resolve("cut.tar.gz");
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Dataset.open(cut)).isInstanceOf(IOException.class)
                    .hasMessageContaining(cut.toString()).message().doesNotContain("\n").doesNotContain("null");
        }
    }

    private static Dataset open(Path path, String part) throws IOException {
        return Dataset.open(Path.of(path + "#" + part));
    }

    private static void assertImages(Dataset dataset, int classes, List<Integer> numbers) {
        assertThat(dataset.size()).isEqualTo(numbers.size());
        assertThat(dataset.classNames()).hasSize(classes).startsWith("class0", "class1");
        try (Stream<Sample> samples = dataset.samples()) {
            List<Sample> all = samples.toList();
            assertThat(all).hasSameSizeAs(numbers);
            for (int i = 0; i < numbers.size(); i++) {
                int label = 3 * numbers.get(i) % classes;
                assertThat(all.get(i).labelIndex()).isEqualTo(OptionalInt.of(label));
                assertThat(all.get(i).label()).isEqualTo(Optional.of("class" + label));
                Samples.assertImage(all.get(i), numbers.get(i));
            }
        }
    }
}
