package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTemplateTest {

    @TempDir
    private Path folder;

    @Test
    void shouldChangeNothingWhenItIsTakenAsItIs() throws IOException {
        Path file = Files.write(folder.resolve("my.conf"), SettingsTemplate.lines());

        assertThat(SettingsFile.load(Optional.of(file), Map.of(), Map.of()).originals()).isEmpty();
    }

    @Test
    void shouldNameEverySettingWithItsDefault() throws IOException {
        Path file = Files.write(folder.resolve("my.conf"), SettingsTemplate.lines().stream()
                .filter(line -> line.matches("#[a-z0-9.-]+=.+")).map(line -> line.substring(1)).toList());

        MonitorConfig all = SettingsFile.load(Optional.of(file), Map.of(), Map.of());

        assertThat(all.values()).isEqualTo(new MonitorConfig(Map.of()).values());
        assertThat(SettingsTemplate.lines()).filteredOn(line -> line.matches("#[a-z0-9.-]+=.*"))
                .hasSize(1 + MonitorConfig.DEFINITION.names().size());
    }

    @Test
    void shouldBePrintedByRun() {
        CommandRun run = CommandRun.of("run", "--settings");

        assertThat(run.code()).isZero();
        assertThat(run.lines()).isEqualTo(SettingsTemplate.lines());
    }
}
