package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
