package io.oodmonitor.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageArchiveTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.tar", "a.tar.gz", "a.tgz", "a.zip"})
    void shouldReadAsTheUnpackedFolder(String file) throws IOException {
        for (int seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            List<String> names = names(random);
            Collections.shuffle(names, random);
            Path unpacked = Packed.folder(Files.createTempDirectory(folder, "unpacked"), names);
            Path archive = Packed.any(folder.resolve(file), names);

            Dataset expected = Dataset.open(unpacked);
            Dataset dataset = Dataset.open(Path.of(archive + "#."));

            assertThat(dataset.classNames()).as("seed %d", seed).isEqualTo(expected.classNames());
            assertThat(dataset.size()).isEqualTo(expected.size());
            assertThat(Samples.seen(dataset)).as("seed %d", seed).isEqualTo(Samples.seen(expected));
            long skip = random.nextInt((int) dataset.size() + 1);
            long limit = random.nextInt(5);
            assertThat(Samples.seen(dataset.samples(skip, limit))).as("seed %d", seed)
                    .isEqualTo(Samples.seen(expected.samples(skip, limit)));
        }
    }

    /** Classes whose names sort otherwise than with what follows them, files that are none, folders that are empty. */
    private static List<String> names(Random random) {
        List<String> parts = List.of("a", "a-b", "a.b", "B", "b", "ab", "\u00e9");
        Set<String> names = new LinkedHashSet<>();
        boolean flat = random.nextInt(4) == 0;
        for (int i = 0; i < 1 + random.nextInt(30); i++) {
            StringBuilder name = new StringBuilder();
            for (int depth = flat ? 0 : 1 + random.nextInt(3); depth > 0; depth--) {
                name.append(parts.get(random.nextInt(parts.size()))).append("x/");
            }
            names.add(name + parts.get(random.nextInt(parts.size()))
                    + List.of(".jpg", ".PNG", ".webp", ".txt").get(random.nextInt(4)));
        }
        names.add(flat ? "z.bmp" : "z/z.bmp");
        names.add("empty/");
        names.add(".hidden/x.jpg");
        names.add(flat ? ".y.jpg" : "z/.y.jpg");
        return new ArrayList<>(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.tar", "a.tgz", "a.zip"})
    void shouldOpenTheFolderThatHoldsAllImages(String file) throws IOException {
        Path archive = Packed.any(folder.resolve(file), List.of("dtd/readme.txt", "dtd/images/dots/2.jpg",
                "dtd/images/dots/1.jpg", "dtd/images/bands/1.jpg", "dtd/labels/x.txt"));

        Dataset dataset = Dataset.open(archive);

        assertThat(dataset.name()).isEqualTo(file);
        assertThat(dataset.classNames()).containsExactly("bands", "dots");
        assertThat(Samples.seen(dataset)).extracting(Samples.Seen::id)
                .containsExactly("bands/1.jpg", "dots/1.jpg", "dots/2.jpg");
        assertThat(Samples.seen(Dataset.open(Path.of(archive + "#dtd/images/dots"))))
                .extracting(Samples.Seen::id).containsExactly("1.jpg", "2.jpg");
        assertThat(Dataset.open(Path.of(archive + "#dtd/images")).classNames()).containsExactly("bands", "dots");
        assertThatThrownBy(() -> Dataset.open(Path.of(archive + "#dtd/labels"))).isInstanceOf(IOException.class)
                .hasMessage("archive " + archive + "#dtd/labels must hold images (.jpg, .jpeg, .png, .bmp, .webp) or "
                        + "folders of images, but holds none");
    }

    @Test
    void shouldTakeTheFirstImagesWhereThereAreNoClasses() throws IOException {
        Path flat = Packed.tar(folder.resolve("flat.tar"), List.of("t/3.jpg", "t/1.jpg", "t/2.jpg"));
        Path classes = Packed.zip(folder.resolve("classes.zip"), List.of("a/1.jpg", "b/1.jpg"));

        Dataset first = Dataset.open(Path.of(flat + "#first2"));

        assertThat(first.name()).isEqualTo("flat.tar#first2");
        assertThat(first.size()).isEqualTo(2);
        assertThat(Samples.seen(first)).extracting(Samples.Seen::id).containsExactly("1.jpg", "2.jpg");
        assertThat(Samples.seen(first.samples(1, 5))).extracting(Samples.Seen::id).containsExactly("2.jpg");
        assertThat(Samples.seen(first.samples(2, 5))).isEmpty();
        assertThatThrownBy(() -> Dataset.open(Path.of(classes + "#first1"))).isInstanceOf(IOException.class)
                .hasMessage("data set " + classes + " has no part first1: give the path of the folder or file wanted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.tar", "a.tgz", "a.zip"})
    void shouldRefuseNamesThatLeadOut(String file) throws IOException {
        for (String name : List.of("../x.jpg", "a/../../x.jpg", "/etc/x.jpg", "a/..")) {
            Path archive = Packed.any(folder.resolve(file), List.of("a.jpg", name));
            assertThatThrownBy(() -> Dataset.open(archive)).isInstanceOf(IOException.class)
                    .hasMessage("names in archive " + archive + " must lie in it, but one is " + name);
        }
        Path mixed = Packed.any(folder.resolve(file), List.of("b\u0007.jpg", "a/c.jpg"));
        assertThatThrownBy(() -> Dataset.open(mixed)).isInstanceOf(IOException.class).hasMessage("archive " + mixed
                + " must hold either images or folders of images, but holds both: b?.jpg lies beside the folders");
    }

    @Test
    void shouldRefuseTwoFilesOfOneName() throws IOException {
        Path archive = Packed.tar(folder.resolve("a.tar"), List.of("a.jpg", "./a.jpg"));

        assertThatThrownBy(() -> Dataset.open(archive)).isInstanceOf(IOException.class)
                .hasMessage("archive " + archive + " must not hold two files of one name, but does: a.jpg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.tar", "a.tgz", "a.zip"})
    void shouldSayWhenItIsCutOff(String file) throws IOException {
        Path archive = Packed.any(folder.resolve(file), List.of("a/1.jpg", "a/2.jpg", "b/1.jpg"));
        byte[] whole = Files.readAllBytes(archive);
        Dataset opened = Dataset.open(archive);
        // A tar archive ends with blocks of zeros, of which one is enough.
        int end = file.endsWith(".tar") ? 6 * 512 : whole.length;
        for (int length = 0; length < end; length += 11) {
            Files.write(archive, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Dataset.open(archive)).isInstanceOf(IOException.class)
                    .hasMessageContaining(archive.toString()).message().doesNotContain("\n", "null");
        }
        Files.write(archive, Arrays.copyOf(whole, 30));
        assertThatThrownBy(() -> Samples.seen(opened)).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(archive.toString()).message().doesNotContain("\n", "null");
    }
}
