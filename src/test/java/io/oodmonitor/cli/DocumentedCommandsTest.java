package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Whoever copies a line from a document or from {@code --help} uses commands and options that there are. */
class DocumentedCommandsTest {

    private static final List<String> DOCUMENTS = List.of("README.md", "deploy/README.md", "examples/README.md",
            "models/README.md", "benchmarks/README.md");
    /** By the launcher or with Java's own, up to a comment, a pipe or a redirection. */
    private static final Pattern LINE = Pattern.compile("(?m)^ +(?:\\w+=\\S+ )*"
            + "(?:(?:\\./)?ood-monitor|java .*io\\.oodmonitor\\.cli\\.Main) +([a-z][^#|>\\n]*?)(?: *(?: #|[|>]).*)?$");

    static Stream<String> lines() throws IOException {
        Stream<String> documents = DOCUMENTS.stream().flatMap(document -> linesOf(read(document)).stream());
        CommandLine root = Main.commandLine();
        Stream<String> helps = Stream.concat(Stream.of(root), root.getSubcommands().values().stream())
                .flatMap(command -> linesOf(String.join("\n", command.getCommandSpec().usageMessage().footer()))
                        .stream());
        return Stream.concat(documents, helps).distinct();
    }

    private static List<String> linesOf(String text) {
        return LINE.matcher(text.replaceAll(" *\\\\\n *", " ")).results().map((MatchResult line) -> line.group(1).strip()).toList();
    }

    private static String read(String document) {
        try {
            return Files.readString(Path.of(document));
        } catch (IOException e) {
            throw new AssertionError(document, e);
        }
    }

    @Test
    void shouldShowEveryCommandInTheReadme() {
        assertThat(linesOf(read("README.md"))).map(line -> line.split(" ")[0])
                .containsAll(Main.commandLine().getSubcommands().keySet());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void shouldBeUnderstood(String line) {
        String[] arguments = Arrays.stream(line.split(" +")).map(word -> word.replaceAll("[\"']", ""))
                .toArray(String[]::new);
        assertThatCode(() -> Main.commandLine().parseArgs(arguments)).doesNotThrowAnyException();
    }
}
