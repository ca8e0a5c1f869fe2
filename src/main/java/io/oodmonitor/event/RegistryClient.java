package io.oodmonitor.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A client of a schema registry that speaks the Confluent REST API. Thread-safe. Remembers what it learned, in bounded
 * memory; an id that the registry does not know is asked for again only after a while.
 */
public final class RegistryClient {

    private static final int REMEMBERED = 1_000;
    private static final long UNKNOWN_NANOS = 10_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistrySettings settings;
    private final HttpClient http;
    private final Map<Integer, Schema> schemas = bounded();
    private final Map<Integer, Long> unknown = bounded();
    private volatile int preferred;

    public RegistryClient(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(settings.timeout());
        settings.tls().ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    private static <K, V> Map<K, V> bounded() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > REMEMBERED;
            }
        });
    }

    /**
     * The schema of an id.
     *
     * @return empty if the registry does not know the id
     * @throws RegistryUnavailableException if no registry answers
     */
    public Optional<Schema> schema(int id) {
        Schema known = schemas.get(id);
        return known != null ? Optional.of(known) : fetch(id);
    }

    /** One look-up at a time: while it is under way, others want the same id. */
    private synchronized Optional<Schema> fetch(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Long since = unknown.get(id);
        if (since != null && System.nanoTime() - since < UNKNOWN_NANOS) {
            return Optional.empty();
        }
        HttpResponse<String> response = send("GET", "/schemas/ids/" + id, null);
        if (response.statusCode() == 404) {
            unknown.put(id, System.nanoTime());
            return Optional.empty();
        }
        Schema schema = parse(json(response).path("schema").asText(), id);
        schemas.put(id, schema);
        return Optional.of(schema);
    }

    /**
     * The id of a schema under a subject; registers it first if that is allowed.
     *
     * @throws SerializationException       in one sentence, if the registry refuses the schema
     * @throws RegistryUnavailableException if no registry answers
     */
    public int id(String subject, Schema schema) {
        String path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8)
                + (settings.autoRegister() ? "/versions" : "");
        HttpResponse<String> response = send("POST", path, JSON.createObjectNode().put("schema", schema.toString()).toString());
        if (response.statusCode() == 409) {
            throw new SerializationException("The registry refuses the schema of " + subject
                    + " as incompatible with the one that it has: " + message(response));
        }
        if (response.statusCode() == 404 && !settings.autoRegister()) {
            throw new SerializationException("The schema of " + subject + " is not in the registry, and "
                    + RegistrySettings.AUTO_REGISTER + " is false");
        }
        return json(response).path("id").asInt();
    }

    private static Schema parse(String text, int id) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw new MalformedRecordException(MalformedRecordException.Reason.SCHEMA_MISMATCH,
                    "Schema " + id + " is no Avro schema: " + e.getMessage(), e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new SerializationException("The registry at " + response.uri() + " answers " + response.statusCode()
                    + ": " + message(response));
        }
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new SerializationException("The registry at " + response.uri() + " does not answer in JSON");
        }
    }

    private static String message(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body()).path("message").asText();
        } catch (JsonProcessingException e) {
            return "no reason given";
        }
    }

    /** Asks the registries in turn, from the one that last answered, until one does. */
    private HttpResponse<String> send(String method, String path, String body) {
        String failures = "";
        IOException cause = null;
        int first = preferred;
        for (int i = 0; i < settings.urls().size(); i++) {
            int index = (first + i) % settings.urls().size();
            URI url = settings.urls().get(index);
            try {
                HttpResponse<String> response = http.send(request(url, method, path, body),
                        HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() < 500 && response.statusCode() != 429 && response.statusCode() != 408) {
                    preferred = index;
                    return response;
                }
                failures += "; " + url + " answers " + response.statusCode();
            } catch (IOException e) {
                failures += "; " + url + ": " + (e.getMessage() == null ? "no connection" : e.getMessage());
                cause = e;
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
        throw new RegistryUnavailableException("The schema registry is not available: " + failures.substring(2), cause);
    }

    private HttpRequest request(URI url, String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(settings.timeout())
                .header("Accept", CONTENT_TYPE);
        settings.userInfo().ifPresent(user -> request.header("Authorization",
                "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))));
        if (body == null) {
            return request.method(method, HttpRequest.BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", CONTENT_TYPE)
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build();
    }
}
