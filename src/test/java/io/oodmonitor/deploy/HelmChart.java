package io.oodmonitor.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The chart, with values of its own or with others. */
final class HelmChart {

    private static final Path CHART = YamlFile.DEPLOY.resolve("helm").resolve("ood-monitor");

    private final Helm helm;

    private HelmChart(Path folder) {
        this.helm = new Helm(folder);
    }

    /** As it is shipped. */
    static HelmChart asItIs() {
        return new HelmChart(CHART.toAbsolutePath());
    }

    /** A copy in a folder, with these values over its own, as a file given to Helm would be. */
    static HelmChart with(String values, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(CHART)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(CHART.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Map<String, Object> all = new Yaml().load(Files.readString(CHART.resolve("values.yaml")));
        Map<String, Object> given = new Yaml().load(values);
        Files.writeString(folder.resolve("values.yaml"), new Yaml().dump(merged(all, given)));
        return new HelmChart(folder);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> merged(Map<String, Object> below, Map<String, Object> above) {
        Map<String, Object> merged = new HashMap<>(below);
        above.forEach((key, value) -> merged.put(key, value instanceof Map && below.get(key) instanceof Map
                ? merged((Map<String, Object>) below.get(key), (Map<String, Object>) value) : value));
        return merged;
    }

    LintResult lint() {
        return helm.lint().strict().call();
    }

    /** What is installed, as release 'line'. */
    List<JsonNode> render() {
        return YamlFile.documents(helm.template().withName("line").withNamespace("vision").call());
    }

    /** The only one of its kind. */
    JsonNode render(String kind) {
        List<JsonNode> found = render().stream()
                .filter(resource -> resource.path("kind").asText().equals(kind)).toList();
        if (found.size() != 1) {
            throw new AssertionError("There must be one " + kind + ", but there are " + found.size());
        }
        return found.get(0);
    }
}
