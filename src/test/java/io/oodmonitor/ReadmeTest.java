package io.oodmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.stream.MonitorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** What the README says of settings, files and commands is so. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");

    /** What stands in the README between the marks of that name. */
    private static String between(String name) throws IOException {
        String readme = Files.readString(README);
        String begin = "<!-- " + name + ": begin -->\n";
        return readme.substring(readme.indexOf(begin) + begin.length(), readme.indexOf("<!-- " + name + ": end -->\n"));
    }

    private static String settings() {
        return "| setting | default | what it is |\n|---|---|---|\n" + MonitorConfig.DEFINITION.configKeys().values()
                .stream().map(ReadmeTest::row).collect(Collectors.joining());
    }

    private static String row(ConfigDef.ConfigKey key) {
        Object value = key.defaultValue;
        String text = value == null ? "" : value instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(",")) : value.toString();
        return "| " + key.name + " | " + text + " | " + key.documentation + " |\n";
    }

    @Test
    void shouldListEverySettingAsItIsDefined() throws IOException {
        Path expected = Path.of("target", "settings.md");
        Files.writeString(expected, settings());
        assertThat(between("settings"))
                .as("the README's table of settings; the right one is in " + expected).isEqualTo(settings());
    }

    /** SecuredKafkaIT proves the file's. */
    @Test
    void shouldListTheRightsOfTheirFile() throws IOException {
        String rows = Files.readAllLines(Path.of("deploy", "acls.csv")).stream().skip(1).map(line -> line.split(",", 5))
                .map(right -> "| " + right[0] + " | " + right[1] + (right[2].equals("prefixed") ? "*" : "") + " | "
                        + right[3] + " | " + right[4] + " |\n")
                .collect(Collectors.joining());
        assertThat(between("rights")).isEqualTo("| resource | name | operation | what for |\n|---|---|---|---|\n" + rows);
    }

    @Test
    void shouldLinkToFilesThatAreThere() throws IOException {
        Matcher links = Pattern.compile("]\\(([^)]+)\\)").matcher(Files.readString(README));
        while (links.find()) {
            if (!links.group(1).startsWith("http")) {
                assertThat(Path.of(links.group(1))).exists();
            }
        }
    }
}
