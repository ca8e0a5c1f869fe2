package io.oodmonitor.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.InstalledTool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Debian's Prometheus, set up as deploy/prometheus has it, but that it asks a monitor every second. */
public final class PrometheusServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI url;

    private PrometheusServer(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Skips the test where there is none. */
    public static void require() throws InterruptedException {
        InstalledTool.require("prometheus", "prometheus", "--version");
        InstalledTool.require("prometheus", "promtool", "--version");
    }

    /** Starts it and waits until it has asked the monitor for the first time. */
    public static PrometheusServer start(Path folder, URI monitor, String token) throws IOException {
        Path deploy = Path.of("deploy", "prometheus");
        String config = Files.readString(deploy.resolve("prometheus.yml"))
                .replace("127.0.0.1:8080", monitor.getAuthority()).replace("15s", "1s");
        Files.writeString(folder.resolve("prometheus.yml"), config);
        Files.writeString(folder.resolve("token"), token);
        Files.copy(deploy.resolve("ood-monitor.rules.yml"), folder.resolve("ood-monitor.rules.yml"));
        URI url = URI.create("http://127.0.0.1:" + freePort());
        Process process = new ProcessBuilder("prometheus", "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"), "--web.listen-address=" + url.getAuthority(),
                "--log.level=warn").redirectErrorStream(true).redirectOutput(folder.resolve("log.txt").toFile())
                .start();
        // Also if the test ends without closing it.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        PrometheusServer server = new PrometheusServer(process, url);
        Awaitility.await().atMost(PATIENCE).ignoreExceptions()
                .failFast("it must not end: " + folder.resolve("log.txt"), () -> !process.isAlive())
                .until(() -> server.value("up") == 1);
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The data that its API answers with; anything but success is an error. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode body = new ObjectMapper().readTree(answer.body());
        if (answer.statusCode() != 200 || !body.path("status").asText().equals("success")) {
            throw new AssertionError("Prometheus answers " + answer.statusCode() + " to " + path + ": " + body);
        }
        return body.path("data");
    }

    /** The series that a query gives now, each with its "metric" and its "value". */
    public JsonNode query(String query) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).path("result");
    }

    /** The value of the only series that a query gives; NaN where there is none. */
    public double value(String query) throws IOException, InterruptedException {
        JsonNode result = query(query);
        if (result.size() > 1) {
            throw new AssertionError(query + " must give one series, but gives " + result);
        }
        return result.isEmpty() ? Double.NaN : result.path(0).path("value").path(1).asDouble();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
