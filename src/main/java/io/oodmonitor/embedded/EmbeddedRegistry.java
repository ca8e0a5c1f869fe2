package io.oodmonitor.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry in this process that speaks the Confluent REST API, as far as serialisers and people with curl use
 * it: subjects, versions, schemas by id, compatibility. Avro only, no authentication: for the loopback address. Thread-safe.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int LARGEST_REQUEST = 1 << 20;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "ood-registry");
        thread.setDaemon(true);
        return thread;
    });
    private final SchemaBook book;

    private EmbeddedRegistry(HttpServer server, SchemaBook book) {
        this.server = server;
        this.book = book;
        server.createContext("/", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    /**
     * Starts a registry.
     *
     * @param address to listen on; port 0 for any that is free
     * @param folder  where it keeps its schemas; empty to forget them at the end
     * @throws IOException in one sentence, if the port is taken or the folder cannot be used
     */
    public static EmbeddedRegistry start(InetSocketAddress address, Optional<Path> folder) throws IOException {
        if (folder.isPresent()) {
            Files.createDirectories(folder.get());
        }
        SchemaBook book = SchemaBook.open(folder.map(path -> path.resolve("schemas.json")));
        try {
            return new EmbeddedRegistry(HttpServer.create(address, 16), book);
        } catch (BindException e) {
            throw new IOException("Port " + address.getPort() + " is taken: choose another with --registry-port", e);
        }
    }

    public URI url() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                answer(exchange, 200, route(exchange));
            } catch (RegistryError e) {
                answer(exchange, e.status(), JSON.createObjectNode().put("error_code", e.code())
                        .put("message", e.getMessage()));
            } catch (IOException | RuntimeException e) {
                LOG.warn("The registry failed on {} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                answer(exchange, 500, JSON.createObjectNode().put("error_code", 50001)
                        .put("message", "The registry failed"));
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Object route(HttpExchange exchange) throws RegistryError, IOException {
        List<String> path = Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8)).toList();
        String method = exchange.getRequestMethod();
        if (path.isEmpty()) {
            return JSON.createObjectNode();
        }
        return switch (path.get(0)) {
            case "subjects" -> subjects(method, path, exchange);
            case "schemas" -> schemas(method, path);
            case "config" -> config(method, path, exchange);
            case "compatibility" -> compatibility(method, path, exchange);
            default -> throw RegistryError.notFound();
        };
    }

    private Object subjects(String method, List<String> path, HttpExchange exchange) throws RegistryError, IOException {
        String call = method + " " + path.size();
        boolean versions = path.size() >= 3 && path.get(2).equals("versions");
        switch (call) {
            case "GET 1":
                return book.subjects();
            case "POST 2":
                return json(book.lookUp(path.get(1), field(exchange, "schema")));
            case "DELETE 2":
                return book.delete(path.get(1));
            case "GET 3":
                if (versions) {
                    return book.versionNumbers(path.get(1));
                }
                break;
            case "POST 3":
                if (versions) {
                    return JSON.createObjectNode().put("id", book.register(path.get(1), field(exchange, "schema")));
                }
                break;
            case "GET 4":
                if (versions) {
                    return json(book.version(path.get(1), path.get(3)));
                }
                break;
            case "GET 5":
                if (versions && path.get(4).equals("schema")) {
                    return JSON.readTree(book.version(path.get(1), path.get(3)).schema());
                }
                break;
            default:
                break;
        }
        throw RegistryError.notFound();
    }

    private Object schemas(String method, List<String> path) throws RegistryError, IOException {
        if (method.equals("GET") && path.equals(List.of("schemas", "types"))) {
            return List.of("AVRO");
        }
        if (!method.equals("GET") || path.size() < 3 || !path.get(1).equals("ids")) {
            throw RegistryError.notFound();
        }
        int id;
        try {
            id = Integer.parseInt(path.get(2));
        } catch (NumberFormatException e) {
            throw RegistryError.notFound();
        }
        if (path.size() == 3) {
            return JSON.createObjectNode().put("schema", book.schema(id));
        }
        return switch (path.get(3)) {
            case "schema" -> JSON.readTree(book.schema(id));
            case "subjects" -> book.uses(id).stream().map(SchemaBook.Entry::subject).distinct().toList();
            case "versions" -> book.uses(id).stream().map(use ->
                    JSON.createObjectNode().put("subject", use.subject()).put("version", use.version())).toList();
            default -> throw RegistryError.notFound();
        };
    }

    private Object config(String method, List<String> path, HttpExchange exchange) throws RegistryError, IOException {
        Optional<String> subject = path.size() > 1 ? Optional.of(path.get(1)) : Optional.empty();
        if (method.equals("GET")) {
            return JSON.createObjectNode().put("compatibilityLevel", book.compatibility(subject));
        }
        if (method.equals("PUT")) {
            String level = field(exchange, "compatibility");
            book.setCompatibility(subject, level);
            return JSON.createObjectNode().put("compatibility", level);
        }
        throw RegistryError.notFound();
    }

    private Object compatibility(String method, List<String> path, HttpExchange exchange)
            throws RegistryError, IOException {
        if (!method.equals("POST") || path.size() < 4 || !path.get(1).equals("subjects")) {
            throw RegistryError.notFound();
        }
        return JSON.createObjectNode().put("is_compatible", book.isCompatible(path.get(2), field(exchange, "schema")));
    }

    private static ObjectNode json(SchemaBook.Entry entry) {
        return JSON.createObjectNode().put("subject", entry.subject()).put("version", entry.version())
                .put("id", entry.id()).put("schema", entry.schema());
    }

    private static String field(HttpExchange exchange, String name) throws RegistryError, IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
        if (body.length > LARGEST_REQUEST) {
            throw RegistryError.tooLarge();
        }
        try {
            JsonNode value = JSON.readTree(body).path(name);
            if (value.isTextual()) {
                return value.asText();
            }
        } catch (JsonProcessingException e) {
            throw RegistryError.badRequest("The request is no JSON");
        }
        throw RegistryError.badRequest("The request has no text '" + name + "'");
    }
}
