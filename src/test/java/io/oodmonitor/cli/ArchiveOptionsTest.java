package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class ArchiveOptionsTest {

    private static final int BOMB_MEBIBYTES = 65;

    @TempDir
    private Path folder;

    @Command(name = "any")
    private static final class AnyCommand {
        @Mixin
        private ArchiveOptions archives;
    }

    private static ArchiveOptions parse(String... arguments) {
        AnyCommand command = new AnyCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.archives;
    }

    /** Files of a mebibyte that deflate to a thousandth. */
    private Path zip(int mebibytes) throws IOException {
        Path zip = folder.resolve("images.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int i = 0; i < mebibytes; i++) {
                out.putNextEntry(new ZipEntry(i + ".bmp"));
                out.write(new byte[1 << 20]);
            }
        }
        return zip;
    }

    @Test
    void shouldTakeWhatTheDefaultsAllow() throws IOException {
        assertThat(parse().open(zip(3)).size()).isEqualTo(3);
    }

    @Test
    void shouldLimitEntries() throws IOException {
        Path zip = zip(3);
        assertThat(parse("--archive-entries", "3").open(zip).size()).isEqualTo(3);
        assertThatThrownBy(() -> parse("--archive-entries", "2").open(zip)).isInstanceOf(IOException.class)
                .hasMessage("archive " + zip + " must hold at most 2 files and folders, but holds more");
    }

    @Test
    void shouldLimitGrowth() throws IOException {
        Path bomb = zip(BOMB_MEBIBYTES);
        assertThatThrownBy(() -> parse().open(bomb)).isInstanceOf(IOException.class)
                .hasMessageContaining("must expand to at most 100 times its ");
        assertThat(parse("--archive-ratio", "2000").open(bomb).size()).isEqualTo(BOMB_MEBIBYTES);
    }

    @Test
    void shouldRefuseLimitsThatAllowNothing() {
        assertThatThrownBy(() -> parse("--archive-entries", "0").open(folder)).isInstanceOf(ParameterException.class)
                .hasMessage("--archive-entries must be at least 1, but is 0");
        assertThatThrownBy(() -> parse("--archive-ratio", "0").open(folder)).isInstanceOf(ParameterException.class)
                .hasMessage("--archive-ratio must be at least 1, but is 0");
    }
}
