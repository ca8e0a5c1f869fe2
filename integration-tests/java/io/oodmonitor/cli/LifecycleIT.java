package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.embedded.EmbeddedBroker;
import io.oodmonitor.embedded.EmbeddedRegistry;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a monitor in a process of its own starts, tells of itself and stops, as an orchestrator has it. */
@Timeout(180)
class LifecycleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** As the README has it, and a second for the test's own part. */
    private static final Duration STOP_BOUND = Duration.ofSeconds(26);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;
    private Path settings;

    @BeforeEach
    void setUp() throws IOException {
        assumeTrue(Program.isPackaged(), "target/app is missing: this test runs after mvn package");
        broker = EmbeddedBroker.startTemporary();
        registry = EmbeddedRegistry.inMemory();
        BundleWriter.write(TinyBundle.content(), folder.resolve("tiny"));
        settings = Files.write(folder.resolve("my.conf"), List.of("bootstrap.servers=" + broker.bootstrapServers(),
                "schema.registry.url=" + registry.url(), "bundle=" + folder.resolve("tiny"),
                "state.dir=" + folder.resolve("state"), "http.port=0"));
    }

    @AfterEach
    void tearDown() {
        if (broker != null) {
            broker.close();
            registry.close();
        }
    }

    private void createTopics() {
        CommandRun created = CommandRun.of("topics", "--create", "--config", settings.toString());
        assertThat(created.code()).as(created.err()).isZero();
    }

    private Program run(String... more) throws IOException {
        return run(Map.of(), more);
    }

    private Program run(Map<String, String> environment, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--config", settings.toString()));
        arguments.addAll(Arrays.asList(more));
        return Program.production(folder, environment, arguments.toArray(String[]::new));
    }

    /** A Java that has no other modules. */
    private static Map<String, String> java(String modules) {
        return Map.of("JAVA_TOOL_OPTIONS", "--limit-modules=" + modules);
    }

    /** The modules of the image's Java. */
    private static String modulesOfTheImage() throws IOException {
        return Pattern.compile("--add-modules ([a-z.,]+)").matcher(Files.readString(Path.of("deploy", "Dockerfile")))
                .results().map(match -> match.group(1)).collect(Collectors.joining(","));
    }

    /** One picture, so many times. */
    private void send(int images) throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        for (int i = 0; i < images; i++) {
            ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png",
                    pictures.resolve(i + ".png").toFile());
        }
        CommandRun sent = CommandRun.of("send", pictures.toString(), "--config", settings.toString());
        assertThat(sent.code()).as(sent.err()).isZero();
    }

    private static int status(String output, String path) throws Exception {
        Matcher url = Pattern.compile("dashboard (http://127\\.0\\.0\\.1:\\d+)").matcher(output);
        assertThat(url.find()).as(output).isTrue();
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url.group(1) + path)).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static Duration terminate(Program monitor, int code) throws InterruptedException {
        Instant start = Instant.now();
        monitor.terminate();
        assertThat(monitor.awaitEnd(PATIENCE)).isEqualTo(code);
        return Duration.between(start, Instant.now());
    }

    @Test
    void shouldSayInOneLineWhatItWillDoAndStopInTimeUnderLoad() throws Exception {
        createTopics();
        try (Program monitor = run("--quiet")) {
            monitor.awaitOutput("READY", PATIENCE);
            assertThat(monitor.out().lines()).first().asString()
                    .startsWith("Judges images with tiny 1, 3 classes, 4 x 4 pixels")
                    .contains("on cpu", "reads images, calibration-images", "writes ood-scores",
                            "Kafka " + broker.bootstrapServers(), "registry " + registry.url());
            assertThat(status(monitor.out(), "/health/live")).isEqualTo(200);
            assertThat(status(monitor.out(), "/health/ready")).isEqualTo(200);
            send(2_000);

            assertThat(terminate(monitor, 0)).isLessThan(STOP_BOUND);
            assertThat(monitor.out()).endsWith("Stopping...\nStopped.\n");
            assertThat(monitor.err()).doesNotContain("ERROR", "\tat ");
        }
    }

    @Test
    void shouldServeItsPageOnTheJavaOfTheImage() throws Exception {
        createTopics();
        try (Program monitor = run(java(modulesOfTheImage()))) {
            monitor.awaitOutput("READY", PATIENCE);

            assertThat(status(monitor.out(), "/")).isEqualTo(200);
        }
    }

    @Test
    void shouldNameTheModuleThatItsPageNeeds() throws Exception {
        try (Program monitor = run(java(modulesOfTheImage().replace(",jdk.zipfs", "")))) {
            assertThat(monitor.awaitEnd(PATIENCE)).isEqualTo(1);

            assertThat(monitor.err()).contains("jdk.zipfs");
        }
    }

    @Test
    void shouldStopInTimeWithoutABroker() throws Exception {
        createTopics();
        try (Program monitor = run()) {
            monitor.awaitOutput("READY", PATIENCE);
            send(50);
            broker.close();

            assertThat(terminate(monitor, 0)).isLessThan(STOP_BOUND);
        }
    }

    @Test
    void shouldLogOneObjectALine() throws Exception {
        createTopics();
        try (Program monitor = run("--log-format", "json")) {
            monitor.awaitLog("READY after", PATIENCE);
            send(500);
            terminate(monitor, 0);

            assertThat(monitor.out()).isEmpty();
            List<JsonNode> events = events(monitor);
            assertThat(events).extracting(event -> event.path("message").asText())
                    .anyMatch(message -> message.startsWith("Judges images with tiny 1"))
                    .anyMatch(message -> message.startsWith("READY after"))
                    .contains("Stopping...", "Stopped.");
            assertThat(events).as("none for an image").hasSizeLessThan(50);
            assertThat(events).allSatisfy(event -> {
                assertThat(Instant.parse(event.path("@timestamp").asText())).isBefore(Instant.now());
                assertThat(event.path("log.level").asText()).isIn("INFO", "WARN");
                assertThat(event.path("log.logger").asText()).isNotEmpty();
            });
        }
    }

    @Test
    void shouldLogAsAnObjectWhyItDoesNotStart() throws Exception {
        try (Program monitor = run("--log-format", "json")) {
            assertThat(monitor.awaitEnd(PATIENCE)).isEqualTo(1);

            assertThat(monitor.out()).isEmpty();
            assertThat(events(monitor)).singleElement().satisfies(event -> {
                assertThat(event.path("log.level").asText()).isEqualTo("ERROR");
                assertThat(event.path("message").asText()).contains("'ood-monitor topics --create'");
            });
        }
    }

    private static List<JsonNode> events(Program monitor) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : monitor.err().lines().toList()) {
            events.add(JSON.readTree(line));
        }
        return events;
    }

    @Test
    void shouldNameAPortThatIsTakenBeforeAnythingElseStarts() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program monitor = run("--set", "http.port=" + other.getLocalPort())) {
            assertThat(monitor.awaitEnd(PATIENCE)).isEqualTo(1);

            assertThat(monitor.err()).contains("127.0.0.1:" + other.getLocalPort(), "http.port").hasLineCount(1);
        }
    }
}
