package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.RunningMonitor;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.scoring.DeviceNetwork;
import io.oodmonitor.scoring.HeldNetwork;
import io.oodmonitor.scoring.Network;
import io.oodmonitor.scoring.OnnxNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.scoring.device.SessionSettings;
import io.oodmonitor.stream.processor.MonitorListener;
import io.oodmonitor.web.WebServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a running monitor tells over HTTP, on a real broker. */
@Timeout(180)
class HealthIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SIDE = TinyNetwork.SIZE;
    private static final String TOKEN = "0123456789abcdef";

    /** What a probe was answered. */
    private record Probe(int status, JsonNode body) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(7);

    @TempDir
    private Path folder;

    private Bundle bundle;
    private RunningMonitor running;
    private WebServer web;

    @BeforeEach
    void setUp() throws Exception {
        bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny"));
        running = new RunningMonitor(KAFKA, folder, bundle.folder(),
                Map.of(HttpSettings.PORT, "0", HttpSettings.TOKEN, TOKEN));
        web = WebServer.start(HttpSettings.from(running.config()).orElseThrow());
    }

    @AfterEach
    void tearDown() {
        web.close();
        running.close();
    }

    private Probe get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(web.url().resolve(path)).timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Probe(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
    }

    private JsonNode authorized(String path) throws Exception {
        assertThat(get(path).status()).isEqualTo(401);
        Probe answer = get(path, "Authorization", "Bearer " + TOKEN);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private String probes() throws Exception {
        return get("/health/live").status() + " " + get("/health/ready").status();
    }

    private Monitor start(Network network) {
        MonitorConfig config = running.config();
        Monitor monitor = Monitor.start(config, bundle, () -> new Scoring(List.of(ExecutionProvider.CPU),
                new ScoringEngine(network, bundle.framing(), config.engine(ExecutionProvider.CPU)), Optional.empty()),
                MonitorListener.NONE);
        web.tellOf(monitor);
        return monitor;
    }

    private OnnxNetwork network() {
        return OnnxNetwork.load(bundle, SessionSettings.cpu(1));
    }

    private void send(int images) {
        try (KafkaProducer<byte[], ImageEvent> producer = running.producer()) {
            for (int i = 0; i < images; i++) {
                byte[] pixels = new byte[SIDE * SIDE * 3];
                random.nextBytes(pixels);
                producer.send(new ProducerRecord<>(running.topics().images(),
                        Integer.toString(i).getBytes(StandardCharsets.UTF_8),
                        ImageEvent.newBuilder().setId(Integer.toString(i)).setSource("camera")
                                .setCapturedAt(Instant.now()).setEncoding(ImageEncoding.RGB8).setHeight(SIDE)
                                .setWidth(SIDE).setImage(ByteBuffer.wrap(pixels)).build()));
            }
        }
    }

    @Test
    void shouldLiveFromItsStartOnAndBeReadyOnceItHasItsState() throws Exception {
        List<String> seen = new ArrayList<>();
        CompletableFuture<Monitor> starting = CompletableFuture.supplyAsync(() -> start(network()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!seen.contains("200 200") && System.nanoTime() < deadline) {
            String now = probes();
            if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now)) {
                seen.add(now);
            }
        }
        assertThat(seen).containsExactly("503 503", "200 503", "200 200");
        assertThat(get("/health/ready").body()).hasToString(
                "{\"status\":\"UP\",\"stream\":\"RUNNING\",\"engine\":\"WARM\",\"thresholds\":\"READ\"}");

        starting.join().close();
        assertThat(get("/health/live").body().path("why").asText()).isEqualTo("The monitor stops.");
        assertThat(probes()).isEqualTo("503 503");
    }

    @Test
    void shouldTellLagAndWhatWaits() throws Exception {
        HeldNetwork network = new HeldNetwork(network());
        try (Monitor monitor = start(network);
                CommittedRecords<byte[], OodScore> scores =
                        running.committed(running.topics().scores(), OodScore.class)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            network.hold();
            try {
                send(200);
                await().atMost(PATIENCE).untilAsserted(() ->
                        assertThat(authorized("/status").path("lag").asLong()).isEqualTo(200));
                JsonNode status = authorized("/status");
                assertThat(status.path("stream").asText()).isEqualTo("RUNNING");
                assertThat(status.path("pending").asInt()).isBetween(1, 200);
                assertThat(status.path("oldestPendingSeconds").asDouble()).isPositive();
                assertThat(status.path("bytesInFlight").asLong()).isGreaterThan(SIDE * SIDE * 3);
                assertThat(status.path("partitions")).filteredOn(partition -> partition.path("topic").asText()
                        .equals(running.topics().images())).hasSize(4);
            } finally {
                network.letGo();
            }
            scores.awaitCount(200, PATIENCE);
            await().atMost(PATIENCE).untilAsserted(() -> {
                JsonNode status = authorized("/status");
                assertThat(status.path("lag").isNumber()).isTrue();
                assertThat(status.path("lag").asLong()).isZero();
                assertThat(status.path("pending").asInt()).isZero();
                assertThat(status.path("oldestPendingSeconds").asDouble()).isZero();
                assertThat(status.path("bytesInFlight").asLong()).isZero();
            });
            JsonNode config = authorized("/config");
            assertThat(config.path("images.topic").asText()).isEqualTo(running.topics().images());
            assertThat(config.path("bootstrap.servers").asText()).isEqualTo(KAFKA.bootstrapServers());
            assertThat(config.toString()).doesNotContain(TOKEN);
        }
    }

    @Test
    void shouldNotBeReadyOnceTheNetworkFails() throws Exception {
        DeviceNetwork network = DeviceNetwork.running(network());
        try (Monitor monitor = start(network)) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            assertThat(probes()).isEqualTo("200 200");
            network.lose();
            send(20);
            await().atMost(PATIENCE).until(() -> get("/health/ready").status() == 503);
            assertThat(get("/health/ready").body().path("engine").asText()).isEqualTo("FAILED");
            assertThat(authorized("/status").path("engineFailure").asText()).contains("device is lost");
            // A lost device is lost for good: the stream stops by itself, and an orchestrator starts another.
            await().atMost(PATIENCE).until(() -> get("/health/live").status() == 503);
            await().atMost(PATIENCE).untilAsserted(() ->
                    assertThat(get("/health/live").body().path("why").asText()).contains("has failed"));
        }
    }
}
