package io.oodmonitor.harness;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.oodmonitor.embedded.EmbeddedRegistry;
import io.oodmonitor.event.TlsKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The embedded registry behind TLS and basic authentication. */
public final class SecuredRegistry implements AutoCloseable {

    private final EmbeddedRegistry registry;
    private final HttpsServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private SecuredRegistry(EmbeddedRegistry registry, HttpsServer server) {
        this.registry = registry;
        this.server = server;
    }

    /** Starts it for one user. */
    public static SecuredRegistry start(TlsKeys keys, String user, String password) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(keys.server(keys)));
        SecuredRegistry secured = new SecuredRegistry(EmbeddedRegistry.inMemory(), server);
        HttpContext context = server.createContext("/", secured::forward);
        context.setAuthenticator(new BasicAuthenticator("registry") {
            @Override
            public boolean checkCredentials(String name, String given) {
                return name.equals(user) && given.equals(password);
            }
        });
        server.start();
        return secured;
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + "" + exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(),
                            BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json").build();
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For schema.registry.url. */
    public String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        registry.close();
    }
}
