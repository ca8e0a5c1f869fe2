package io.oodmonitor.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.Topics;
import io.oodmonitor.topics.TopicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrimziResourcesTest {

    private static final Path FOLDER = YamlFile.DEPLOY.resolve("strimzi");
    private static final Map<String, String> PATTERNS = Map.of("literal", "literal", "prefixed", "prefix");

    private static List<JsonNode> documents(String name) throws IOException {
        return YamlFile.documents(Files.readString(FOLDER.resolve(name)));
    }

    /** The rights of a user, as TYPE NAME PATTERN OPERATION. */
    private static Set<String> rights(JsonNode user) {
        Set<String> rights = new HashSet<>();
        for (JsonNode acl : user.at("/spec/authorization/acls")) {
            JsonNode resource = acl.path("resource");
            for (JsonNode operation : acl.path("operations")) {
                boolean added = rights.add(String.join(" ", resource.path("type").asText(),
                        resource.path("name").asText(), resource.path("patternType").asText(),
                        operation.asText().toLowerCase(Locale.ROOT)));
                assertThat(added).as("%s stands once", acl).isTrue();
            }
        }
        return rights;
    }

    @ParameterizedTest
    @CsvSource({"0, acls.csv", "1, acls-forward.csv"})
    void shouldGrantWhatTheProvenListsDo(int user, String list) throws IOException {
        Set<String> proven = Files.readAllLines(YamlFile.DEPLOY.resolve(list)).stream().skip(1)
                .map(line -> line.split(",")).map(columns -> String.join(" ",
                        columns[0].equals("transactional-id") ? "transactionalId" : columns[0], columns[1],
                        PATTERNS.get(columns[2]), columns[3])).collect(Collectors.toSet());

        assertThat(rights(documents("users.yaml").get(user))).isEqualTo(proven);
    }

    @Test
    void shouldMakeTheTopicsAsTheMonitorWould() throws IOException {
        List<TopicSpec> made = documents("topics.yaml").stream().map(topic -> new TopicSpec(
                topic.at("/metadata/name").asText(), topic.at("/spec/partitions").asInt(),
                (short) topic.at("/spec/replicas").asInt(), YamlFile.texts(topic.at("/spec/config")))).toList();

        assertThat(made).containsExactlyInAnyOrderElementsOf(Topics.specs(new MonitorConfig(Map.of()), 12, (short) 3));
    }
}
