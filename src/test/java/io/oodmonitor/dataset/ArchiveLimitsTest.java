package io.oodmonitor.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveLimitsTest {

    private static final ArchiveLimits DEFAULT = ArchiveLimits.DEFAULT;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.tar", "a.tgz", "a.zip"})
    void shouldLimitEntriesAndImages(String file) throws IOException {
        Path archive = Packed.any(folder.resolve(file), List.of("a/1.jpg", "a/2.jpg", "b/long-name.jpg"));

        assertThat(open(archive, new ArchiveLimits(3, 120_000_000, 45, 100, 1 << 20, 0)).size()).isEqualTo(3);
        assertThatThrownBy(() -> open(archive, new ArchiveLimits(2, 120_000_000, 45, 100, 1 << 20, 0)))
                .isInstanceOf(IOException.class)
                .hasMessage("archive " + archive + " must hold at most 2 files and folders, but holds more");
        assertThatThrownBy(() -> open(archive, new ArchiveLimits(3, 120_000_000, 20, 100, 1 << 20, 0)))
                .isInstanceOf(IOException.class)
                .hasMessage("image a/1.jpg in archive " + archive + " must have at most 20 bytes, but has 21");
        assertThatThrownBy(() -> open(archive, new ArchiveLimits(3, 25, 45, 100, 1 << 20, 0)))
                .isInstanceOf(IOException.class)
                .hasMessage("archive " + archive + " must have names of at most 25 characters in all, but has more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bomb.tar.gz", "bomb.zip"})
    void shouldEndABomb(String file) throws IOException {
        Path bomb = folder.resolve(file);
        byte[] zeros = new byte[1 << 20];
        int megabytes = 100;
        if (file.endsWith(".zip")) {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
                for (int i = 0; i < megabytes; i++) {
                    zip.putNextEntry(new ZipEntry(i + ".bmp"));
                    zip.write(zeros);
                }
            }
        } else {
            try (TarArchiveOutputStream tar =
                    new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(bomb)))) {
                for (int i = 0; i < megabytes; i++) {
                    put(tar, i + ".bmp", zeros);
                }
            }
        }
        long bytes = Files.size(bomb);
        assertThat(bytes).isLessThan(200_000);

        assertThatThrownBy(() -> Dataset.open(bomb)).isInstanceOf(IOException.class).hasMessage("archive " + bomb
                + " must expand to at most 100 times its " + bytes + " bytes, but expands further");
    }

    @Test
    void shouldEndAHeaderThatGrows() throws IOException {
        Path bomb = folder.resolve("header.tgz");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(bomb)))) {
            // A name as GNU tar writes a long one: in a file of its own before the file.
            TarArchiveEntry name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            name.setSize(5_000_000);
            tar.putArchiveEntry(name);
            tar.write(new byte[5_000_000]);
            tar.closeArchiveEntry();
            put(tar, "x.jpg", new byte[1]);
        }

        assertThatThrownBy(() -> Dataset.open(bomb)).isInstanceOf(IOException.class).hasMessage("archive " + bomb
                + " cannot be read: a header in it is longer than any tool writes");

        Path longer = Packed.tar(folder.resolve("name.tar"), List.of("x".repeat(5_000) + ".jpg"));
        assertThatThrownBy(() -> Dataset.open(longer)).isInstanceOf(IOException.class).hasMessage("names in archive "
                + longer + " must have at most 4096 characters, but one has 5004");
    }

    @Test
    void shouldTakeAsManyDotsAsANameHasRoomFor() throws IOException {
        String name = "./".repeat(2_045) + "a.jpg";

        assertThat(Samples.seen(Dataset.open(Packed.tar(folder.resolve("dots.tar"), List.of(name)))))
                .extracting(Samples.Seen::id).containsExactly("a.jpg");
        Path zip = Packed.zip(folder.resolve("dots.zip"), List.of(name));
        assertThatThrownBy(() -> Dataset.open(zip)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("names in archive " + zip + " must be plain, but one is ././");
    }

    /** A pattern that makes calls of its own for each dot would need megabytes. */
    @Test
    void shouldTakeDotsWithLittleStack() throws Exception {
        FutureTask<String> name =
                new FutureTask<>(() -> EntryName.of(Path.of("dots.tar"), "./".repeat(2_045) + "a.jpg"));
        new Thread(null, name, "little stack", 160 << 10).start();

        assertThat(name.get(20, TimeUnit.SECONDS)).isEqualTo("a.jpg");
    }

    @Test
    void shouldReadWithLittleMemoryInAnyOrder() throws IOException {
        List<String> names = List.of("9.jpg", "3.jpg", "7.jpg", "1.jpg", "8.jpg", "2.jpg", "6.jpg", "5.jpg", "4.jpg");
        Path archive = Packed.tar(folder.resolve("a.tgz"), names);

        for (int held = 0; held < 60; held++) {
            Dataset dataset = open(archive, new ArchiveLimits(9, 120_000_000, 100, 100, 1 << 20, held));
            assertThat(Samples.seen(dataset)).extracting(Samples.Seen::id).containsExactly("1.jpg", "2.jpg", "3.jpg",
                    "4.jpg", "5.jpg", "6.jpg", "7.jpg", "8.jpg", "9.jpg");
        }
    }

    @Test
    void shouldTakeOnePassForWhatIsInOrder() {
        List<Archive.Entry> sorted = List.of(file(10), file(20), file(30), file(40));
        List<Archive.Entry> reversed = List.of(file(40), file(30), file(20), file(10));

        assertThat(TarFeed.end(sorted, 0, 0)).isEqualTo(4);
        assertThat(TarFeed.end(reversed, 0, 0)).isEqualTo(1);
        assertThat(TarFeed.end(reversed, 0, 199)).isEqualTo(2);
        assertThat(TarFeed.end(reversed, 1, 200)).isEqualTo(4);
    }

    @Test
    void shouldNotHoldMoreThanItSays() {
        assertThat(DEFAULT.maxImageBytes()).isEqualTo(16 << 20);
        assertThat(DEFAULT.feedBytes()).isEqualTo(64 << 20);
        assertThat(DEFAULT.maxEntries()).isEqualTo(3_000_000);
    }

    @Test
    void shouldNoticeAZipThatUnderstatesASize() throws IOException {
        Path archive = Packed.zip(folder.resolve("a.zip"), List.of("a.jpg", "b.jpg"));
        byte[] bytes = Files.readAllBytes(archive);
        // The length in the directory's second entry: 46 bytes of header before the name.
        int name = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("b.jpg");
        bytes[name - 46 + 24] = 1;
        Files.write(archive, bytes);

        assertThatThrownBy(() -> Samples.seen(Dataset.open(archive)))
                .hasMessageContaining("b.jpg in archive " + archive + " cannot be read: ");
    }

    /** Names are looked at when Java opens an archive, comments when it comes to them. */
    @Test
    void shouldRefuseAZipWithACommentThatIsNoText() throws IOException {
        Path archive = folder.resolve("a.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            ZipEntry entry = new ZipEntry("a.jpg");
            entry.setComment("comment");
            zip.putNextEntry(entry);
        }
        byte[] bytes = Files.readAllBytes(archive);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("comment")] = (byte) 0x90;
        Files.write(archive, bytes);

        assertThatThrownBy(() -> Dataset.open(archive)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("archive " + archive + " cannot be read: ");
    }

    private static Dataset open(Path path, ArchiveLimits limits) throws IOException {
        return DatasetFormat.open(DatasetPath.of(path), limits);
    }

    private static Archive.Entry file(long position) {
        return new Archive.Entry(position + ".jpg", position, 100);
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
