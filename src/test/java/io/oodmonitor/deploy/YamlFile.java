package io.oodmonitor.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML as JSON: anchors and merges resolved, keys that stand twice refused. */
final class YamlFile {

    static final Path DEPLOY = Path.of("deploy");
    private static final ObjectMapper JSON = new ObjectMapper();

    private YamlFile() {}

    /** The only document of a file. */
    static JsonNode read(Path file) throws IOException {
        List<JsonNode> documents = documents(Files.readString(file));
        if (documents.size() != 1) {
            throw new IOException(file + " must hold one document, but holds " + documents.size());
        }
        return documents.get(0);
    }

    /** All documents of a text that are not empty. */
    static List<JsonNode> documents(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
            if (document != null) {
                documents.add(JSON.valueToTree(document));
            }
        }
        return documents;
    }

    /** The monitor's settings in an environment; fails for one that it does not know or allow. */
    static MonitorConfig settings(Map<String, String> environment) {
        return SettingsFile.load(Optional.empty(), environment, Map.of());
    }

    /** The fields of an object as text. */
    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.fields().forEachRemaining(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
