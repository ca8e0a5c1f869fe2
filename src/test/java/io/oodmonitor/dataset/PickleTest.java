package io.oodmonitor.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PickleTest {

    @TempDir
    private Path folder;

    @Test
    void shouldReadADictionary() throws IOException {
        // {'a': [1, 300, -1], 'b': None}, and a list that is remembered and asked for again.
        assertThat(read("\u0080\u0002}q\u0000(U\u0001aq\u0001]q\u0002(K\u0001M\u002c\u0001J\u00ff\u00ff\u00ff\u00ffe"
                + "U\u0001bh\u0002u.")).containsEntry("a", List.of(1, 300, -1)).containsEntry("b", List.of(1, 300, -1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "cos\\nsystem\\n(U\\4echoR.|it names os system",
        "cnumpy\\nndarray\\nU\\1aR.|it calls what is no array",
        "}U\\1a.|it is no dictionary",
        "u.|a mark is missing in it",
        "R.|its stack is empty",
        ".|its stack is empty",
        "}K\\1K\\2s.|a key in it is no string",
        "K\\1K\\2a.|it appends to what is no list",
        "h\\7.|it remembers what it never said",
        "}Nb.|it sets the state of what has none",
        "i.|it has an opcode that is unknown, 105, at byte 2",
        "\\200\\4}.|its protocol must be 2"})
    void shouldRefuseAllElse(String pickle, String why) {
        assertThatThrownBy(() -> read("\u0080\u0002" + octal(pickle))).isInstanceOf(IOException.class)
                .hasMessage("pickle " + folder.resolve("pickle") + " is none of CIFAR's: " + why);
    }

    @Test
    void shouldEndWhatGrowsWithoutEnd() {
        assertThatThrownBy(() -> read("N".repeat(2_000_000))).isInstanceOf(IOException.class)
                .hasMessageEndingWith("it holds more than 1048576 values");
        assertThatThrownBy(() -> read("c" + "x".repeat(1_000_000))).isInstanceOf(IOException.class)
                .hasMessageEndingWith("it has a name that is too long");
    }

    @Test
    void shouldNotTakeMemoryForAClaim() {
        assertThatThrownBy(() -> read("T\u00ff\u00ff\u00ff\u00ffabc")).isInstanceOf(IOException.class)
                .hasMessage("pickle " + folder.resolve("pickle") + " is cut off");
    }

    private Map<String, Object> read(String pickle) throws IOException {
        Path file = Files.write(folder.resolve("pickle"), pickle.getBytes(StandardCharsets.ISO_8859_1));
        return Pickle.dictionary(ByteSource.of(file));
    }

    private static String octal(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\') {
                plain.append(text.charAt(i));
            } else if (text.charAt(i + 1) == 'n') {
                plain.append('\n');
                i++;
            } else {
                int end = i + 1;
                while (end < text.length() && end < i + 4 && text.charAt(end) >= '0' && text.charAt(end) < '8') {
                    end++;
                }
                plain.append((char) Integer.parseInt(text.substring(i + 1, end), 8));
                i = end - 1;
            }
        }
        return plain.toString();
    }
}
