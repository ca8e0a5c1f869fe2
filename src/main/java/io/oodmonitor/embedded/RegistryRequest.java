package io.oodmonitor.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A request, read within bounds. */
record RegistryRequest(String method, List<String> path, Map<String, String> query, byte[] content) {

    static final int MAX_BODY_BYTES = 1 << 20;
    /** Those of Confluent's registry. A page in a browser cannot send them to us unasked, as it could a form. */
    private static final Set<String> MEDIA_TYPES = Set.of("application/vnd.schemaregistry.v1+json",
        "application/vnd.schemaregistry+json", "application/json", "application/octet-stream");
    private static final ObjectMapper JSON = new ObjectMapper();

    static RegistryRequest read(HttpExchange exchange) throws IOException, RegistryError {
        byte[] content = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (content.length > MAX_BODY_BYTES) {
            throw new RegistryError(413, 413, "A request may have " + MAX_BODY_BYTES + " bytes, but this one has more");
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (content.length > 0 && type != null
            && !MEDIA_TYPES.contains(type.split(";")[0].strip().toLowerCase(Locale.ROOT))) {
            throw new RegistryError(415, 415, "HTTP 415 Unsupported Media Type");
        }
        List<String> path = Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
            .filter(segment -> !segment.isEmpty())
            .map(segment -> decode(segment.replace("+", "%2B"))).toList();
        return new RegistryRequest(exchange.getRequestMethod(), path, query(exchange.getRequestURI().getRawQuery()), content);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
        }
        return query;
    }

    private static String decode(String escaped) {
        return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    }

    boolean flag(String name) {
        return "true".equalsIgnoreCase(query.get(name));
    }

    /** The body's JSON object. */
    JsonNode body() throws IOException, RegistryError {
        try {
            JsonNode body = JSON.readTree(content);
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            // No JSON at all: the same as below.
        }
        throw new RegistryError(400, 400, "The request's body must be a JSON object");
    }

    /** The Avro schema in the body, as text. */
    String schema() throws IOException, RegistryError {
        JsonNode body = body();
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") && !type.equals("null")) {
            throw RegistryError.invalidSchema("this registry holds schemas of type AVRO, not " + type);
        }
        if (!body.path("references").isEmpty()) {
            throw RegistryError.invalidSchema("this registry holds schemas that refer to no others");
        }
        if (!body.path("schema").isTextual()) {
            throw RegistryError.invalidSchema("the field schema is missing");
        }
        return body.path("schema").textValue();
    }
}
