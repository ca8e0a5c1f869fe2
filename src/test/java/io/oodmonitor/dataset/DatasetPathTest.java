package io.oodmonitor.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetPathTest {

    @TempDir
    private Path folder;

    @Test
    void shouldSplitAtTheLastSign() throws IOException {
        Path file = Files.createFile(folder.resolve("a#b.tar"));

        assertThat(DatasetPath.of(file)).isEqualTo(new DatasetPath(file, Optional.empty()));
        assertThat(DatasetPath.of(file).name()).isEqualTo("a#b.tar");
        DatasetPath part = DatasetPath.of(Path.of(file + "#x/y"));
        assertThat(part.path()).isEqualTo(file);
        assertThat(part.part()).contains("x/y");
        assertThat(part.name()).isEqualTo("a#b.tar#x/y");
        assertThat(part).hasToString(file + "#x/y");
        assertThat(part.first()).isEmpty();
        assertThat(DatasetPath.of(Path.of(file + "#first1000")).first()).hasValue(1000);
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        Path file = Files.createFile(folder.resolve("a.tar"));

        assertThatThrownBy(() -> DatasetPath.of(Path.of(file + "#"))).isInstanceOf(IOException.class)
                .hasMessage("data set " + file + "# must name a part after '#', as in a.tar#test");
        assertThatThrownBy(() -> DatasetPath.of(folder.resolve("no#test"))).isInstanceOf(IOException.class)
                .hasMessage("data set " + folder.resolve("no") + " does not exist");
    }
}
