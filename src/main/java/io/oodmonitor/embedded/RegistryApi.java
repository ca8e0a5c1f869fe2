package io.oodmonitor.embedded;

import static io.oodmonitor.embedded.RegistryRoute.of;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Confluent REST API over a {@link RegistryStore}: paths, answers and error codes. Thread-safe. */
final class RegistryApi implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryApi.class);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryStore store;

    private final List<RegistryRoute> routes = List.of(
        of("GET /", (request, open) -> Map.of()),
        of("GET /subjects", (request, open) -> subjects(request)),
        of("POST /subjects/*", (request, open) -> find(request, open.get(0))),
        of("DELETE /subjects/*", (request, open) -> this.store().delete(open.get(0), request.flag("permanent"))),
        of("GET /subjects/*/versions", (request, open) -> this.store().subject(open.get(0), request.flag("deleted"))
            .versions(request.flag("deleted")).stream().map(RegistryVersion::version).toList()),
        of("POST /subjects/*/versions", (request, open) ->
            Map.of("id", this.store().register(open.get(0), request.schema()))),
        of("GET /subjects/*/versions/*", (request, open) -> describe(open.get(0), version(request, open))),
        of("DELETE /subjects/*/versions/*", (request, open) ->
            this.store().delete(open.get(0), open.get(1), request.flag("permanent"))),
        of("GET /subjects/*/versions/*/schema", (request, open) -> new RawValue(text(version(request, open)))),
        of("GET /subjects/*/versions/*/referencedby", (request, open) -> {
            version(request, open);
            return List.of();
        }),
        of("GET /schemas/types", (request, open) -> List.of("AVRO")),
        of("GET /schemas/ids/*", (request, open) -> Map.of("schema", this.store().schema(open.get(0)))),
        of("GET /schemas/ids/*/schema", (request, open) -> new RawValue(this.store().schema(open.get(0)))),
        of("GET /schemas/ids/*/subjects", (request, open) -> users(open.get(0), request.flag("deleted")).stream()
            .map(use -> use.get("subject")).distinct().toList()),
        of("GET /schemas/ids/*/versions", (request, open) -> users(open.get(0), request.flag("deleted"))),
        of("GET /config", (request, open) ->
            Map.of("compatibilityLevel", this.store().contents().compatibility())),
        of("PUT /config", (request, open) -> {
            RegistryCompatibility level = level(request);
            this.store().setCompatibility(level);
            return Map.of("compatibility", level);
        }),
        of("GET /config/*", (request, open) -> Map.of("compatibilityLevel", level(open.get(0), request))),
        of("PUT /config/*", (request, open) -> {
            RegistryCompatibility level = level(request);
            this.store().setCompatibility(open.get(0), level);
            return Map.of("compatibility", level);
        }),
        of("DELETE /config/*", (request, open) -> {
            RegistryCompatibility level = level(open.get(0), request);
            this.store().setCompatibility(open.get(0), null);
            return Map.of("compatibilityLevel", level);
        }),
        of("GET /mode", (request, open) -> Map.of("mode", "READWRITE")),
        of("POST /compatibility/subjects/*/versions", (request, open) -> compatibility(request,
            this.store().objections(open.get(0), RegistryStore.parse(request.schema())))),
        of("POST /compatibility/subjects/*/versions/*", this::compatibilityWithVersion));

    RegistryApi(RegistryStore store) {
        this.store = store;
    }

    private RegistryStore store() {
        return store;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        int status = 200;
        Object answer;
        try {
            answer = answer(RegistryRequest.read(exchange));
        } catch (RegistryError e) {
            status = e.status();
            answer = Map.of("error_code", e.code(), "message", e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.error("The schema registry failed to answer {} {}",
                exchange.getRequestMethod(), exchange.getRequestURI(), e);
            status = 500;
            answer = Map.of("error_code", 50001, "message", "Error in the backend data store");
        }
        byte[] body = JSON.writeValueAsBytes(answer);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Object answer(RegistryRequest request) throws RegistryError, IOException {
        boolean pathKnown = false;
        for (RegistryRoute route : routes) {
            Optional<List<String>> open = route.match(request.path());
            if (open.isPresent() && route.method().equals(request.method())) {
                return route.answer().to(request, open.get());
            }
            pathKnown |= open.isPresent();
        }
        throw pathKnown ? new RegistryError(405, 405, "HTTP 405 Method Not Allowed")
            : new RegistryError(404, 404, "HTTP 404 Not Found");
    }

    private List<String> subjects(RegistryRequest request) {
        String prefix = request.query().getOrDefault("subjectPrefix", "");
        return store.contents().subjects().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(prefix))
            .filter(entry -> !entry.getValue().versions(request.flag("deleted")).isEmpty())
            .map(Map.Entry::getKey).toList();
    }

    private Object find(RegistryRequest request, String subject) throws RegistryError, IOException {
        return describe(subject, store.find(subject, request.schema(), request.flag("deleted")));
    }

    private RegistryVersion version(RegistryRequest request, List<String> open) throws RegistryError {
        return store.version(open.get(0), open.get(1), request.flag("deleted"));
    }

    private Object describe(String subject, RegistryVersion version) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("subject", subject);
        answer.put("version", version.version());
        answer.put("id", version.id());
        answer.put("schema", text(version));
        return answer;
    }

    private String text(RegistryVersion version) {
        return store.contents().schemas().get(version.id() - 1);
    }

    private List<Map<String, Object>> users(String id, boolean withDeleted) throws RegistryError {
        store.schema(id);
        return store.contents().subjects().entrySet().stream()
            .flatMap(entry -> entry.getValue().versions(withDeleted).stream()
                .filter(version -> version.id() == Integer.parseInt(id))
                .map(version -> Map.<String, Object>of("subject", entry.getKey(), "version", version.version())))
            .toList();
    }

    private static RegistryCompatibility level(RegistryRequest request) throws RegistryError, IOException {
        return RegistryCompatibility.named(request.body().path("compatibility").asText())
            .orElseThrow(() -> new RegistryError(422, 42203, "Invalid compatibility level. Valid values are "
                + List.of(RegistryCompatibility.values())));
    }

    private RegistryCompatibility level(String subject, RegistryRequest request) throws RegistryError {
        RegistryCompatibility own = store.contents().subject(subject).compatibility();
        if (own != null) {
            return own;
        }
        if (request.flag("defaultToGlobal")) {
            return store.contents().compatibility();
        }
        throw new RegistryError(404, 40408,
            "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    private Object compatibilityWithVersion(RegistryRequest request, List<String> open)
        throws RegistryError, IOException {
        String subject = open.get(0);
        Schema schema = RegistryStore.parse(request.schema());
        boolean latest = open.get(1).equals("latest") || open.get(1).equals("-1");
        if (latest && store.contents().subject(subject).versions(false).isEmpty()) {
            return compatibility(request, List.of());
        }
        return compatibility(request, store.objections(subject, schema, store.version(subject, open.get(1), false)));
    }

    private static Object compatibility(RegistryRequest request, List<String> objections) {
        return request.flag("verbose")
            ? Map.of("is_compatible", objections.isEmpty(), "messages", objections)
            : Map.of("is_compatible", objections.isEmpty());
    }
}
