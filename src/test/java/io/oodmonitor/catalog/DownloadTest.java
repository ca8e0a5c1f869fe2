package io.oodmonitor.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {

    private static final byte[] CONTENT = content(1, 300_000);

    @TempDir
    private Path folder;

    private FileServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FileServer(CONTENT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/file", "/moved"})
    void shouldFetchAWholeFile(String path) throws Exception {
        List<Long> seen = new ArrayList<>();
        CatalogFile file = file(path, Optional.of(digest("SHA-256", CONTENT)));

        FileCheck check = new Download(file, new DataFolder(folder), (done, total) -> {
            assertThat(total).hasValue(CONTENT.length);
            seen.add(done);
        }).run();

        assertThat(check).isEqualTo(new FileCheck(CONTENT.length, digest("SHA-256", CONTENT),
                FileCheck.Against.PUBLISHED_SHA256));
        assertThat(target()).hasBinaryContent(CONTENT);
        assertThat(seen).isSorted().last().isEqualTo((long) CONTENT.length);
        assertThat(files()).containsExactly("set.bin");

        assertThat(fetch(file)).isEqualTo(check);
        assertThat(server.ranges()).as("what is there is only checked").hasSize(1);
    }

    @Test
    void shouldGoOnWhereItWasCut() throws Exception {
        server.cuts.addAll(List.of(100_000, 50_000));

        fetch(file("/file", Optional.of(digest("SHA-256", CONTENT))));

        assertThat(target()).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).hasSize(3).startsWith("");
        assertThat(server.ranges().subList(1, 3)).allMatch(range -> range.matches("bytes=[1-9][0-9]*-"));
    }

    @Test
    void shouldGoOnInAnotherRun() throws Exception {
        CatalogFile file = file("/file", Optional.of(digest("SHA-256", CONTENT)));
        server.cuts.addAll(List.of(100_000, 0));
        assertThatThrownBy(() -> fetch(file)).isInstanceOf(IOException.class)
                .hasMessageContaining(file.address() + " broke off after ")
                .hasMessageContaining("the same command goes on from there");
        assertThat(target()).doesNotExist();
        assertThat(files()).contains("set.bin.part", "set.bin.part.of");
        int requests = server.ranges().size();

        fetch(file);

        assertThat(target()).hasBinaryContent(CONTENT);
        assertThat(server.ranges().get(requests)).startsWith("bytes=");
        assertThat(files()).containsExactly("set.bin");
    }

    @Test
    void shouldBeginAgainWhereTheServerKnowsNoRanges() throws Exception {
        server.knowsRanges = false;
        server.cuts.add(100_000);

        fetch(file("/file", Optional.of(digest("SHA-256", CONTENT))));

        assertThat(target()).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).hasSize(2);
    }

    @Test
    void shouldBeginAgainWhenTheFileChanged() throws Exception {
        byte[] other = content(2, CONTENT.length);
        CatalogFile file = file("/file", Optional.of(digest("SHA-256", other)));
        server.cuts.addAll(List.of(100_000, 0));
        assertThatThrownBy(() -> fetch(file)).isInstanceOf(IOException.class);
        server.content = other;
        server.tag = "\"two\"";

        fetch(file);

        assertThat(target()).hasBinaryContent(other);
    }

    @Test
    void shouldNotTrustAPartOfNoKnownVersion() throws Exception {
        server.tag = null;
        server.cuts.addAll(List.of(100_000, 0));
        CatalogFile file = file("/file", Optional.of(digest("SHA-256", CONTENT)));

        assertThatThrownBy(() -> fetch(file)).isInstanceOf(IOException.class);
        fetch(file);

        assertThat(target()).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).containsOnly("");
    }

    @Test
    void shouldFinishAPartThatIsWhole() throws Exception {
        Files.write(folder.resolve("set.bin.part"), CONTENT);
        Files.writeString(folder.resolve("set.bin.part.of"), server.tag);

        fetch(file("/file", Optional.of(digest("SHA-256", CONTENT))));

        assertThat(target()).hasBinaryContent(CONTENT);
        assertThat(server.ranges()).containsExactly("bytes=" + CONTENT.length + "-");
    }

    @Test
    void shouldRefuseAWrongSize() throws IOException {
        CatalogFile file = new CatalogFile("set.bin", server.address("/file"), OptionalLong.of(299_999),
                Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> fetch(file)).isInstanceOf(WrongFileException.class)
                .hasMessage(file.address() + " must have 299999 bytes, but has 300000: it is another file by now");
        assertThat(files()).isEmpty();

        server.saysLength = false;
        assertThatThrownBy(() -> fetch(file)).isInstanceOf(WrongFileException.class)
                .hasMessage(file.address() + " must have 299999 bytes, but has more");
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldNotKeepAWrongDigest() throws Exception {
        String wrong = digest("SHA-256", content(3, 10));
        CatalogFile file = file("/file", Optional.of(wrong));

        assertThatThrownBy(() -> fetch(file)).isInstanceOf(WrongFileException.class).hasMessage("SHA-256 of " + target()
                + " must be " + wrong + ", as published, but is " + digest("SHA-256", CONTENT));
        assertThat(files()).isEmpty();

        CatalogFile md5 = new CatalogFile("set.bin", server.address("/file"), OptionalLong.empty(), Optional.empty(),
                Optional.of(digest("MD5", content(3, 10))));
        assertThatThrownBy(() -> fetch(md5)).isInstanceOf(WrongFileException.class)
                .hasMessageStartingWith("MD5 of " + target());
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldRecordADigestThatNobodyPublished() throws Exception {
        CatalogFile file = file("/file", Optional.empty());

        assertThat(fetch(file).against()).isEqualTo(FileCheck.Against.NOTHING);
        assertThat(folder.resolve("set.bin.sha256")).hasContent(digest("SHA-256", CONTENT) + "  set.bin");
        assertThat(fetch(file).against()).isEqualTo(FileCheck.Against.RECORDED);

        Files.delete(target());
        server.content = content(4, CONTENT.length);
        assertThatThrownBy(() -> fetch(file)).isInstanceOf(WrongFileException.class).hasMessage("SHA-256 of " + target()
                + " must be " + digest("SHA-256", CONTENT) + ", as in " + folder.resolve("set.bin.sha256") + ", but is "
                + digest("SHA-256", server.content));

        CatalogFile md5 = new CatalogFile("other.bin", server.address("/file"), OptionalLong.empty(), Optional.empty(),
                Optional.of(digest("MD5", server.content)));
        assertThat(fetch(md5).against()).isEqualTo(FileCheck.Against.PUBLISHED_MD5);
    }

    @Test
    void shouldSayWhatTheServerAnswers() throws IOException {
        server.status = 404;
        CatalogFile file = file("/file", Optional.empty());

        assertThatThrownBy(() -> fetch(file)).isInstanceOf(IOException.class).hasMessage("download of " + file.address()
                + " is refused: the server answers 404; its page may know another way");
        assertThat(files()).isEmpty();

        server.close();
        assertThatThrownBy(() -> fetch(file)).isInstanceOf(IOException.class)
                .hasMessageContaining(file.address() + " cannot be reached from here (");
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldNotWaitForASilentServer() throws Exception {
        server.silentMillis = 4_000;
        CatalogFile file = file("/file", Optional.of(digest("SHA-256", CONTENT)));
        Download download = new Download(file, new DataFolder(folder), (done, total) -> { }, Duration.ofSeconds(1));

        assertThatThrownBy(download::run).isInstanceOf(IOException.class).hasMessageContaining(
                file.address() + " broke off after ").hasMessageContaining("the same command goes on from there");
        assertThat(files()).contains("set.bin.part");
    }

    @Test
    void shouldNotFetchAFileTwiceAtATime() throws IOException {
        Path part = Files.createFile(folder.resolve("set.bin.part"));
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            assertThat(channel.lock().isValid()).isTrue();
            assertThatThrownBy(() -> fetch(file("/file", Optional.empty()))).isInstanceOf(IOException.class)
                    .hasMessage(target() + " is being fetched by another program");
        }
        assertThat(part).exists();
    }

    private FileCheck fetch(CatalogFile file) throws IOException, InterruptedException {
        return new Download(file, new DataFolder(folder), (done, total) -> { }).run();
    }

    private CatalogFile file(String path, Optional<String> sha256) {
        return new CatalogFile("set.bin", server.address(path), OptionalLong.empty(), sha256, Optional.empty());
    }

    private Path target() {
        return folder.resolve("set.bin");
    }

    private List<String> files() throws IOException {
        try (var list = Files.list(folder)) {
            return list.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static String digest(String algorithm, byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    }

    private static byte[] content(int seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }
}
