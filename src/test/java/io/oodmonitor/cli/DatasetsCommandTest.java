package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.catalog.Catalog;
import io.oodmonitor.catalog.CatalogFile;
import io.oodmonitor.catalog.CatalogSet;
import io.oodmonitor.catalog.FileServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DatasetsCommandTest {

    @TempDir
    private Path folder;

    @Test
    void shouldListWhatIsThere() throws Exception {
        Files.createDirectories(folder.resolve("dtd/images"));
        Files.createDirectories(folder.resolve("svhn"));
        Files.createFile(folder.resolve("svhn/test_32x32.mat.part"));

        CommandRun run = CommandRun.of("datasets", "--data", folder.toString());

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.lines()).hasSize(16);
        assertThat(run.lines().get(0)).startsWith("NAME").contains("USED AS", "IMAGES", "SIZE", "STATE", "FROM");
        assertThat(run.lines()).anySatisfy(line -> assertThat(line).startsWith("cifar10").contains(
                "ID train and ID test of cifar10", "50,000", "170 MB", "missing", "cifar10/cifar-10-binary.tar.gz",
                "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"));
        assertThat(run.lines()).anySatisfy(line -> assertThat(line).startsWith("textures")
                .contains("OOD of cifar10, cifar100, imagenet", "5,640", "there", "dtd/images"));
        assertThat(run.lines()).anySatisfy(line -> assertThat(line).startsWith("svhn").contains("partial"));
        assertThat(run.lines()).anySatisfy(line -> assertThat(line).startsWith("imagenet-val").contains("Register"));
        assertThat(run.out()).contains("Places are below " + folder);
    }

    @Test
    void shouldListAsJson() throws Exception {
        CommandRun run = CommandRun.of("datasets", "--json", "--data", folder.toString());

        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.get("folder").asText()).isEqualTo(folder.toString());
        assertThat(json.get("sets")).hasSize(13);
        JsonNode svhn = json.get("sets").get(2);
        assertThat(svhn.get("name").asText()).isEqualTo("svhn");
        assertThat(svhn.get("state").asText()).isEqualTo("missing");
        assertThat(svhn.get("usedAs").get("cifar100").get(0).asText()).isEqualTo("OOD");
        assertThat(svhn.get("path").asText()).isEqualTo(folder.resolve("svhn/test_32x32.mat").toString());
        assertThat(svhn.get("md5").asText()).isEqualTo("eb5a983be6a315427106f1b164d9cef3");
    }

    @Test
    void shouldSayWhatCannotBeFetched() {
        CommandRun unknown = CommandRun.of("datasets", "--fetch", "cifar1000");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("--fetch must name one of all, cifar10, cifar100, svhn", "but is cifar1000");

        CommandRun byHand = CommandRun.of("datasets", "--fetch", "imagenet-val", "--data", folder.toString());
        assertThat(byHand.code()).isEqualTo(1);
        assertThat(byHand.err()).isEqualTo("ood-monitor: imagenet-val has no public address. Register at "
                + "image-net.org, and sort ILSVRC2012_img_val.tar into one folder a class. It goes to "
                + folder.resolve("imagenet/val") + "." + System.lineSeparator());
    }

    @Test
    void shouldRefuseAFileThatIsAnother() throws Exception {
        Path file = folder.resolve("svhn/test_32x32.mat");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "not it");

        CommandRun run = CommandRun.of("datasets", "--fetch", "svhn", "--data", folder.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("ood-monitor: svhn: " + file + " must have 64275384 bytes, but has 6."
                + System.lineSeparator());
        assertThat(file).as("what somebody put there stays").exists();
    }

    @Test
    void shouldFetchWhatIsPublicAndGoOnAfterAFailure() throws Exception {
        byte[] content = "the set".getBytes(StandardCharsets.UTF_8);
        try (FileServer server = new FileServer(content)) {
            Catalog catalog = new Catalog(List.of(set("gone", server.address("/nothing-here")),
                    set("small", server.address("/file"))), List.of());
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int code = new CommandLine(new DatasetsCommand(catalog)).setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true)).execute("--fetch", "all", "--data", folder.toString());

            assertThat(code).isEqualTo(1);
            assertThat(err.toString()).isEqualTo("ood-monitor: gone: download of " + server.address("/nothing-here")
                    + " is refused: the server answers 404; its page may know another way." + System.lineSeparator());
            assertThat(out.toString()).isEqualTo("small: " + folder.resolve("small/set.bin") + ", 7 B, no digest is "
                    + "published: its SHA-256 is recorded, and checked from now on." + System.lineSeparator());
            assertThat(folder.resolve("small/set.bin")).hasBinaryContent(content);
            assertThat(folder.resolve("gone/set.bin")).doesNotExist();
        }
    }

    private static CatalogSet set(String name, URI address) {
        return new CatalogSet(name, name, address, Optional.of(new CatalogFile(name + "/set.bin", address,
                OptionalLong.empty(), Optional.empty(), Optional.empty())), Optional.empty(),
                List.of(name + "/set.bin"));
    }
}
