package io.oodmonitor.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** A real HTTP server that takes webhooks, or does not, as a test wants. Thread-safe. */
public final class WebhookReceiver implements AutoCloseable {

    /**
     * One request.
     *
     * @param status what it was answered
     */
    public record Request(String id, String timestamp, String signature, String contentType, String body, int status) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile ToIntFunction<String> status;

    private WebhookReceiver(HttpServer server, ToIntFunction<String> status) {
        this.server = server;
        this.status = status;
        server.setExecutor(threads);
        server.createContext("/ood", this::take);
        server.start();
    }

    /** Starts one on a free port of this machine; it answers a body with a status, and a negative one not at all. */
    public static WebhookReceiver answering(ToIntFunction<String> status) throws IOException {
        return new WebhookReceiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
                status);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int answer = status.applyAsInt(body);
            requests.add(new Request(header(exchange, "webhook-id"), header(exchange, "webhook-timestamp"),
                    header(exchange, "webhook-signature"), header(exchange, "Content-Type"), body, answer));
            if (answer >= 0) {
                exchange.sendResponseHeaders(answer, -1);
            }
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** From now on it answers so. */
    public void answer(ToIntFunction<String> from) {
        status = from;
    }

    /** All that came, in the order it came. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The bodies that were taken, in the order they came. */
    public List<String> taken() {
        return requests.stream().filter(request -> request.status() / 100 == 2).map(Request::body).toList();
    }

    /** For forward --to. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ood");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
