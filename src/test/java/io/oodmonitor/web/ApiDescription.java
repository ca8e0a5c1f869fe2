package io.oodmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** What openapi.json says of answers. */
final class ApiDescription {

    private static final JsonNode DESCRIPTION = read();

    private ApiDescription() {}

    private static JsonNode read() {
        try (InputStream in = ApiDescription.class.getResourceAsStream("openapi.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Holds an answer to GET against its schema: the fields, all of them and no other, and their types. */
    static void requireDescribed(String path, JsonNode answer) {
        String plain = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
        JsonNode schema = DESCRIPTION.path("paths").path(plain).path("get").path("responses").path("200")
                .path("content").path("application/json").path("schema");
        assertThat(schema.isMissingNode()).as("openapi.json describes " + plain).isFalse();
        require(plain, schema, answer);
    }

    /** Holds a value against a schema of that name. */
    static void require(String name, JsonNode value) {
        require(name, DESCRIPTION.path("components").path("schemas").path(name), value);
    }

    private static void require(String where, JsonNode schema, JsonNode value) {
        if (schema.has("$ref")) {
            String reference = schema.path("$ref").asText();
            require(where, DESCRIPTION.at(reference.substring(1)), value);
            return;
        }
        List<String> types = new ArrayList<>();
        if (schema.path("type").isArray()) {
            schema.path("type").forEach(type -> types.add(type.asText()));
        } else {
            types.add(schema.path("type").asText());
        }
        assertThat(types).as(where + ": " + value).containsAnyElementsOf(typesOf(value));
        if (value.isObject() && schema.has("properties")) {
            List<String> described = new ArrayList<>();
            schema.path("properties").fieldNames().forEachRemaining(described::add);
            List<String> there = new ArrayList<>();
            value.fieldNames().forEachRemaining(there::add);
            assertThat(there).as(where).containsExactlyInAnyOrderElementsOf(described);
            described.forEach(name -> require(where + "/" + name, schema.path("properties").path(name),
                    value.path(name)));
        }
        if (value.isArray()) {
            value.forEach(item -> require(where + "[]", schema.path("items"), item));
        }
    }

    private static List<String> typesOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> List.of("object");
            case ARRAY -> List.of("array");
            case STRING -> List.of("string");
            case BOOLEAN -> List.of("boolean");
            case NULL -> List.of("null");
            default -> value.isIntegralNumber() ? List.of("integer", "number") : List.of("number");
        };
    }
}
