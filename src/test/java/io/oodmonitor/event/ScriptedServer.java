package io.oodmonitor.event;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A bare HTTP server that does what a test wants of a registry, good or bad. */
final class ScriptedServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final String scheme;

    private ScriptedServer(HttpServer server, String scheme, HttpHandler script) {
        this.server = server;
        this.scheme = scheme;
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            try (exchange) {
                script.handle(exchange);
            }
        });
        server.start();
    }

    static ScriptedServer http(HttpHandler script) throws IOException {
        return new ScriptedServer(HttpServer.create(loopback(0), 64), "http", script);
    }

    static ScriptedServer https(SSLContext tls, boolean clientMustAuthenticate, HttpHandler script) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(0), 64);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = tls.getDefaultSSLParameters();
                wanted.setNeedClientAuth(clientMustAuthenticate);
                parameters.setSSLParameters(wanted);
            }
        });
        return new ScriptedServer(server, "https", script);
    }

    /** Always the same answer. */
    static HttpHandler answering(int status, String body) {
        return exchange -> answer(exchange, status, body);
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Where nothing listens. */
    static URI nowhere() throws IOException {
        try (ScriptedServer closed = http(answering(200, "{}"))) {
            return closed.url();
        }
    }

    URI url() {
        return URI.create(scheme + "://localhost:" + server.getAddress().getPort());
    }

    /** Methods and paths, in the order they came. */
    List<String> requests() {
        return requests;
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
