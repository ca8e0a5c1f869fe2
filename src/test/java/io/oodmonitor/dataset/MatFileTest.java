package io.oodmonitor.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SVHN's files, on those that make.py made with SciPy. */
class MatFileTest {

    private static final Path FIXTURES = Path.of("src/test/resources/io/oodmonitor/dataset");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"svhn.mat,25", "svhn-doubles-first.mat,25", "svhn-plain.mat,3", "svhn-big-endian.mat,3"})
    void shouldReadDigits(String name, int size) throws IOException {
        Dataset dataset = Dataset.open(FIXTURES.resolve(name));

        assertThat(dataset.size()).isEqualTo(size);
        assertThat(dataset.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        try (Stream<Sample> samples = dataset.samples()) {
            List<Sample> all = samples.toList();
            assertThat(all).hasSize(size);
            for (int i = 0; i < size; i++) {
                // Label 10 is the digit 0.
                int digit = (7 * i % 10 + 1) % 10;
                assertThat(all.get(i).id()).isEqualTo(name + "/" + i);
                assertThat(all.get(i).labelIndex()).isEqualTo(OptionalInt.of(digit));
                assertThat(all.get(i).label()).contains(String.valueOf(digit));
                Samples.assertImage(all.get(i), i);
            }
        }
    }

    @Test
    void shouldTakeTheFirstOfEachDigit() throws IOException {
        Path file = FIXTURES.resolve("svhn.mat");
        Dataset first = Dataset.open(Path.of(file + "#first2"));

        // 25 images whose digits go round: the first twenty are two of each.
        assertThat(first.name()).isEqualTo("svhn.mat#first2");
        assertThat(first.size()).isEqualTo(20);
        assertThat(Samples.seen(first)).isEqualTo(Samples.seen(Dataset.open(file).samples(0, 20)));
        assertThat(Dataset.open(Path.of(file + "#first1000")).size()).isEqualTo(25);
        assertThatThrownBy(() -> Dataset.open(Path.of(file + "#test"))).isInstanceOf(IOException.class)
                .hasMessage("part of MATLAB file " + file + " must be firstN, as in first1000 for the first 1,000 of "
                        + "each digit, but is test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"svhn.mat", "svhn-plain.mat"})
    void shouldSkipAndLimit(String name) throws IOException {
        Dataset dataset = Dataset.open(FIXTURES.resolve(name));
        List<Samples.Seen> all = Samples.seen(dataset);

        IntStream.rangeClosed(0, all.size()).forEach(skip -> assertThat(Samples.seen(dataset.samples(skip, 2)))
                .isEqualTo(all.subList(skip, Math.min(all.size(), skip + 2))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"svhn.mat", "svhn-plain.mat", "svhn-big-endian.mat", "svhn-doubles-first.mat"})
    void shouldSayWhenItIsCutOff(String name) throws IOException {
        byte[] whole = Files.readAllBytes(FIXTURES.resolve(name));
        for (int length = 6; length < whole.length - 8; length += 13) {
            Path cut = Files.write(folder.resolve("cut.mat"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> {
                Samples.seen(Dataset.open(cut));
            }).hasMessageContaining("MATLAB file " + cut).message().doesNotContain("\n").doesNotContain("null");
        }
    }

    @Test
    void shouldRefuseWhatIsNoSvhn() throws IOException {
        Path newer = Files.writeString(folder.resolve("newer.mat"), "MATLAB 7.3 MAT-file" + " ".repeat(200));
        assertThatThrownBy(() -> Dataset.open(newer)).isInstanceOf(IOException.class).hasMessage("MATLAB file "
                + newer + " cannot be read: it must be of level 5 (save it with -v7)");

        byte[] whole = Files.readAllBytes(FIXTURES.resolve("svhn-plain.mat"));
        int name = 128 + 8 + 16 + 8 + 16 + 4;
        assertThat(whole[name]).isEqualTo((byte) 'X');
        whole[name] = 'Z';
        Path other = Files.write(folder.resolve("other.mat"), whole);
        assertThatThrownBy(() -> Dataset.open(other)).isInstanceOf(IOException.class)
                .hasMessage("MATLAB file " + other + " cannot be read: it has no variable X");
    }

    @Test
    void shouldRefuseAVariableWithoutAType() throws IOException {
        byte[] whole = Files.readAllBytes(FIXTURES.resolve("svhn-plain.mat"));
        // The first variable's flags: an element of type 6, whose length becomes 0.
        assertThat(whole[128 + 8]).isEqualTo((byte) 6);
        whole[128 + 8 + 4] = 0;
        Path file = Files.write(folder.resolve("no-type.mat"), whole);
        assertThatThrownBy(() -> Dataset.open(file)).isInstanceOf(IOException.class)
                .hasMessage("MATLAB file " + file + " cannot be read: the variable at byte 128 in it has no type");
    }

    @Test
    void shouldNotBelieveWhatAHeaderClaims() throws IOException {
        byte[] whole = Files.readAllBytes(FIXTURES.resolve("svhn-plain.mat"));
        int images = 128 + 8 + 16 + 8 + 12;
        assertThat(whole[images]).isEqualTo((byte) 3);
        for (int i = 0; i < 4; i++) {
            byte[] forged = whole.clone();
            forged[images + i] = 0x7f;
            Path file = Files.write(folder.resolve("forged.mat"), forged);
            assertThatThrownBy(() -> Dataset.open(file)).isInstanceOf(IOException.class)
                    .hasMessageContaining("its X must be height x width x 3 x images of bytes, but is [32, 32, 3, ");
        }
    }
}
