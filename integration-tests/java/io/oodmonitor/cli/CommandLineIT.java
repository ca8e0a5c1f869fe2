package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.embedded.EmbeddedRegistry;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.stream.MonitorConfig;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real broker; {@code run} in a process of its own, on the class path of production. */
@Timeout(180)
class CommandLineIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> TOPICS = List.of(MonitorConfig.IMAGES_TOPIC,
            MonitorConfig.CALIBRATION_IMAGES_TOPIC, MonitorConfig.SCORES_TOPIC, MonitorConfig.ALERTS_TOPIC,
            MonitorConfig.RATES_TOPIC, MonitorConfig.RATE_ALERTS_TOPIC, MonitorConfig.THRESHOLDS_TOPIC,
            MonitorConfig.DEAD_LETTERS_TOPIC);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private EmbeddedRegistry registry;
    private Path settings;
    private String prefix;

    @BeforeEach
    void setUp() throws IOException {
        registry = EmbeddedRegistry.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty());
        BundleWriter.write(TinyBundle.content(), folder.resolve("tiny"));
        prefix = KafkaUnderTest.uniqueName("cli");
        List<String> lines = new ArrayList<>(List.of("bootstrap.servers=" + KAFKA.bootstrapServers(),
                "schema.registry.url=" + registry.url(), "bundle=" + folder.resolve("tiny"),
                "application.id=" + prefix, "state.dir=" + folder.resolve("state"), "rate.window.ms=1000",
                "rate.grace.ms=0", "image.max.bytes=1000000", "http.port=0"));
        TOPICS.forEach(name -> lines.add(name + "=" + prefix + "-" + name));
        settings = Files.write(folder.resolve("my.conf"), lines);
    }

    @AfterEach
    void tearDown() {
        registry.close();
    }

    private CommandRun command(String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of(name, "--config", settings.toString()));
        all.addAll(Arrays.asList(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    /** One folder a class, and in each so many grey pictures. */
    private Path pictures(int each) throws IOException {
        Path root = folder.resolve("pictures");
        for (String label : TinyBundle.CLASSES) {
            Files.createDirectories(root.resolve(label));
            for (int i = 0; i < each; i++) {
                BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
                image.setRGB(i % 8, i / 8 % 8, 0xffffff);
                ImageIO.write(image, "png", root.resolve(label).resolve(i + ".png").toFile());
            }
        }
        return root;
    }

    private static List<JsonNode> json(CommandRun run) {
        assertThat(run.code()).as(run.err()).isZero();
        return run.lines().stream().map(CommandLineIT::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void shouldCheckAndCreateTopics() {
        CommandRun before = command("topics");
        CommandRun created = command("topics", "--create", "--partitions", "3");
        CommandRun after = command("topics");

        assertThat(before.code()).isEqualTo(1);
        assertThat(before.err()).contains(prefix + "-images.topic", "'ood-monitor topics --create'").hasLineCount(1);
        assertThat(created.code()).as(created.err()).isZero();
        assertThat(after.code()).isZero();
        assertThat(after.lines()).hasSize(1 + TOPICS.size());
        assertThat(after.lines()).anyMatch(line -> line.matches(prefix + "-thresholds.topic +yes +1 +compact .*"));
        assertThat(after.lines()).anyMatch(line -> line.matches(prefix + "-images.topic +yes +3 +delete +2.0 MB"));
    }

    @Test
    void shouldFindATopicThatIsNotAsItHasToBe() {
        command("topics", "--create");

        CommandRun check = command("topics", "--set", "image.max.bytes=9000000");

        assertThat(check.code()).isEqualTo(1);
        assertThat(check.err()).contains("max.message.bytes must be at least", "image.max.bytes").hasLineCount(1);
    }

    @Test
    void shouldNameAMissingTopic() throws IOException {
        for (CommandRun run : List.of(command("watch", "alerts"), command("send", pictures(1).toString()),
                command("run"))) {
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains(prefix, "'ood-monitor topics --create'").hasLineCount(1);
        }
    }

    @Test
    void shouldNameABrokerThatDoesNotAnswerWithinABoundedTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String server = "127.0.0.1:" + silent.getLocalPort();
            Instant start = Instant.now();

            CommandRun run = CommandRun.of("run", "-b", server, "--set", "http.port=0");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("bootstrap.servers = " + server).hasLineCount(1);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void shouldNameARegistryThatIsNotThere() {
        command("topics", "--create");
        registry.close();

        CommandRun run = command("run");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(registry.url().toString()).hasLineCount(1);
    }

    @Test
    void shouldRefuseCalibrationImagesWithoutTheBundlesLabels() throws IOException {
        command("topics", "--create");
        Path pictures = pictures(1);

        CommandRun unlabelled = command("send", "--to", "calibration", pictures.resolve("nut").toString());
        Files.move(pictures.resolve("nut"), pictures.resolve("cat"));
        CommandRun unknown = command("send", "--to", "calibration", pictures.toString());

        assertThat(unlabelled.code()).isEqualTo(1);
        assertThat(unlabelled.err()).contains("0.png has none").hasLineCount(1);
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("The class 'cat' of pictures", "bolt, nut, washer").hasLineCount(1);
    }

    @Test
    void shouldSendThroughARunningMonitorAndWatchWhatComesOut() throws Exception {
        assumeTrue(Program.isPackaged(), "target/app is missing: this test runs after mvn package");
        command("topics", "--create");
        Path pictures = pictures(4);
        try (Program monitor = Program.production(folder, "run", "--config", settings.toString())) {
            monitor.awaitOutput("READY", PATIENCE);
            CommandRun sent = command("send", pictures.toString(), "--source", "line-1", "--report",
                    folder.resolve("sent.json").toString());
            produceDamaged();
            List<JsonNode> scores = json(command("watch", "scores", "--from-beginning", "--json", "--limit", "12"));
            List<JsonNode> rates = json(command("watch", "rates", "--from-beginning", "--json", "--source", "line-1",
                    "--limit", "1"));
            CommandRun letter = command("watch", "dead-letters", "--from-beginning", "--limit", "1");

            assertThat(monitor.out()).contains("tiny 1, 3 classes, 4 x 4 pixels", prefix + "-scores.topic");
            assertThat(sent.out()).startsWith("Sent 12 images (").contains("to " + prefix + "-images.topic in ");
            assertThat(json(Files.readString(folder.resolve("sent.json"))).get("sent").asInt()).isEqualTo(12);
            assertThat(scores).extracting(score -> score.get("id").asText()).doesNotHaveDuplicates()
                    .contains("bolt/0.png", "washer/3.png").hasSize(12);
            assertThat(scores).allSatisfy(score -> {
                assertThat(score.get("source").asText()).isEqualTo("line-1");
                assertThat(score.get("verdict").asText()).isIn("IN_DISTRIBUTION", "OUT_OF_DISTRIBUTION");
                assertThat(Instant.parse(score.get("captured_at").asText())).isBefore(Instant.now());
            });
            assertThat(rates.get(0).get("images").asInt()).isPositive();
            assertThat(letter.lines().get(1)).contains("NOT_AVRO", prefix + "-images.topic-", "damaged");

            monitor.terminate();
            assertThat(monitor.awaitEnd(PATIENCE)).isZero();
            assertThat(monitor.out()).contains("Stopped.");
            assertThat(monitor.err()).doesNotContain("\tat ");
        }
    }

    private void produceDamaged() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", KAFKA.bootstrapServers()), new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(prefix + "-images.topic", "damaged".getBytes(), new byte[] {1, 2, 3}))
                    .get();
        }
    }

    @Test
    void shouldNeedTheEmbeddedServicesOnlyWithoutACluster() throws Exception {
        assumeTrue(Program.isPackaged(), "target/app is missing: this test runs after mvn package");
        for (List<String> arguments : List.of(List.of("run", "--set", "http.port=0"),
                List.of("demo", "--duration", "60s"), List.of("send", "--render", "-c", settings.toString()))) {
            try (Program program = Program.production(folder, arguments.toArray(String[]::new))) {
                assertThat(program.awaitEnd(PATIENCE)).isEqualTo(1);
                assertThat(program.err()).contains("target/app/lib-embedded").hasLineCount(1);
            }
        }
    }

    @Test
    void shouldRunOnItsOwnAndFindItsDataAgain() throws Exception {
        assumeTrue(Program.isPackaged(), "target/app is missing: this test runs after mvn package");
        List<String> ports = freePorts();
        for (int round = 1; round <= 2; round++) {
            try (Program monitor = Program.launcher(folder, "run", "--set", "bundle=tiny", "--set", "http.port=0",
                    "--data", "my data", "--port", ports.get(0), "--registry-port", ports.get(1))) {
                monitor.awaitOutput("READY", PATIENCE);
                String[] cluster = {"-b", "127.0.0.1:" + ports.get(0), "-r", "http://127.0.0.1:" + ports.get(1)};
                CommandRun sent = CommandRun.of(with(cluster, "send", pictures(round).toString()));
                // 3 of the first round, and 6 of the second.
                List<JsonNode> scores = json(CommandRun.of(with(cluster, "watch", "scores", "--from-beginning",
                        "--json", "--limit", round == 1 ? "3" : "9")));

                assertThat(sent.code()).as(sent.err()).isZero();
                assertThat(scores).extracting(score -> score.get("id").asText()).contains("nut/0.png");
                monitor.terminate();
                assertThat(monitor.awaitEnd(PATIENCE)).isZero();
                assertThat(monitor.err()).doesNotContain("ERROR", "\tat ");
            }
        }
        try (Stream<Path> files = Files.list(folder.resolve("my data"))) {
            assertThat(files.map(file -> file.getFileName().toString())).contains("kafka", "registry");
        }
    }

    private static String[] with(String[] options, String... arguments) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(options)).toArray(String[]::new);
    }

    private static List<String> freePorts() throws IOException {
        try (ServerSocket one = new ServerSocket(0); ServerSocket other = new ServerSocket(0)) {
            return List.of(Integer.toString(one.getLocalPort()), Integer.toString(other.getLocalPort()));
        }
    }
}
