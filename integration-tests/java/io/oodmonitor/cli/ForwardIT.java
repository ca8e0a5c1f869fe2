package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oodmonitor.cli.view.RecordJson;
import io.oodmonitor.embedded.EmbeddedRegistry;
import io.oodmonitor.event.AvroSerializer;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.event.RegistrySettings;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.WebhookReceiver;
import io.oodmonitor.stream.MonitorConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code forward} as a process, against a receiver that checks signatures by the book. */
@Timeout(120)
class ForwardIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant TIME = Instant.parse("2026-11-24T10:00:00.120Z");
    private static final byte[] KEY = "a key of twenty-four bytes or more".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);

    @TempDir
    private Path folder;

    private final String topic = KAFKA.newTopic("alerts", 1);
    private EmbeddedRegistry registry;

    @BeforeEach
    void setUp() throws Exception {
        assumeTrue(Program.isPackaged(), "target/app is missing: this test runs after mvn package");
        registry = EmbeddedRegistry.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty());
    }

    @AfterEach
    void tearDown() {
        if (registry != null) {
            registry.close();
        }
    }

    private static OodScore alert(int number) {
        return OodScore.newBuilder().setId("über/" + number + ".jpg").setSource("line-1").setCapturedAt(TIME)
                .setScoredAt(TIME).setModel("parts").setModelVersion("1").setDetectorVersion("dice@90#0")
                .setPredictedLabel("gear").setPredictedIndex(3).setConfidence(0.991f).setScore(11.5f).setEnergy(-11.5f)
                .setThreshold(12.25).setThresholdVersion(2).setPValue(0.004).setVerdict(Verdict.OUT_OF_DISTRIBUTION)
                .build();
    }

    private List<String> send(int alerts) {
        RegistryClient client = new RegistryClient(new MonitorConfig(
                Map.of(RegistrySettings.URL, registry.url().toString())).registry());
        try (KafkaProducer<String, OodScore> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.bootstrapServers()), new StringSerializer(),
                new AvroSerializer<>(client, OodScore.class))) {
            IntStream.range(0, alerts).forEach(i -> producer.send(new ProducerRecord<>(topic, alert(i))));
        }
        return IntStream.range(0, alerts).mapToObj(i -> RecordJson.of(alert(i)).toString()).toList();
    }

    private Program forward(Map<String, String> environment, WebhookReceiver to, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("forward", "--to", to.url().toString(), "-b",
                KAFKA.bootstrapServers(), "-r", registry.url().toString(), "--set", "alerts.topic=" + topic,
                "--from-beginning"));
        arguments.addAll(List.of(more));
        return Program.production(folder, environment, arguments.toArray(String[]::new));
    }

    private static String signature(WebhookReceiver.Request request) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal((request.id() + "." + request.timestamp() + "."
                + request.body()).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldForwardExactlyTheAlertsSignedAndEndWell() throws Exception {
        List<String> alerts = send(5);
        AtomicInteger tries = new AtomicInteger();
        try (WebhookReceiver receiver = WebhookReceiver.answering(body -> tries.incrementAndGet() < 3 ? 503 : 202);
                Program program = forward(Map.of("WEBHOOK_SECRET", SECRET), receiver, "--log-level", "debug")) {
            await().atMost(PATIENCE).until(() -> receiver.taken().size() == 5);
            program.terminate();
            assertThat(program.awaitEnd(PATIENCE)).isZero();
            assertThat(receiver.taken()).isEqualTo(alerts);
            for (WebhookReceiver.Request request : receiver.requests()) {
                assertThat(request.signature()).isEqualTo(signature(request));
                assertThat(request.contentType()).isEqualTo("application/json");
                assertThat(Duration.between(Instant.ofEpochSecond(Long.parseLong(request.timestamp())), Instant.now()))
                        .isBetween(Duration.ZERO, PATIENCE);
            }
            assertThat(receiver.requests()).hasSize(7);
            assertThat(program.out()).contains("Forwarding " + topic, "Forwarded 5 alerts, left out 0.");
            assertThat(program.err()).contains("answers 503");
            assertThat((program.out() + program.err()).lines().filter(line -> line.contains(SECRET.substring(6))
                    || line.contains("/ood"))).isEmpty();
        }
        // Another one of the group begins behind what was delivered.
        try (WebhookReceiver receiver = WebhookReceiver.answering(body -> 200);
                Program program = forward(Map.of("WEBHOOK_SECRET", SECRET), receiver)) {
            String last = send(6).get(5);
            await().atMost(PATIENCE).until(() -> receiver.taken().contains(last));
            assertThat(receiver.taken()).hasSize(6);
            program.terminate();
            assertThat(program.awaitEnd(PATIENCE)).isZero();
        }
    }

    @Test
    void shouldEndWithOneSentenceWhereItIsNotWelcome() throws Exception {
        send(1);
        Path secret = Files.writeString(folder.resolve("webhook.secret"), SECRET + "\n");
        try (WebhookReceiver receiver = WebhookReceiver.answering(body -> 403);
                Program program = forward(Map.of(), receiver, "--secret-file", secret.toString())) {
            assertThat(program.awaitEnd(PATIENCE)).isEqualTo(1);
            assertThat(program.err().strip()).startsWith("ood-monitor: The receiver http://127.0.0.1:")
                    .contains("answers 403 to alert " + topic + "-0-0").hasLineCount(1);
        }
    }

    @Test
    void shouldNotStartWithASecretThatIsNone() throws Exception {
        Path secret = Files.writeString(folder.resolve("webhook.secret"), "hunter2\n");
        try (WebhookReceiver receiver = WebhookReceiver.answering(body -> 200);
                Program program = forward(Map.of(), receiver, "--secret-file", secret.toString())) {
            assertThat(program.awaitEnd(PATIENCE)).isEqualTo(1);
            assertThat(program.err().strip()).startsWith("ood-monitor: The webhook's secret must be")
                    .doesNotContain("hunter2").hasLineCount(1);
        }
    }
}
