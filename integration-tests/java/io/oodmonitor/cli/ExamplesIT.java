package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.render.OddKind;
import io.oodmonitor.render.PartRenderer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines of README.md and of examples/README.md, run as they stand there against {@code run} as a user starts it. */
@Timeout(240)
class ExamplesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    /** Python as Debian has it, with the clients that the gate installs, and our own Java. */
    private static final String PATH = "/usr/bin:/bin:" + Path.of(System.getProperty("java.home"), "bin");

    @TempDir
    private Path folder;

    private Path image;
    private int port;
    private int registryPort;
    private int httpPort;

    /** The example that begins so, on the ports and with the image of this test. */
    private String line(String start) throws IOException {
        return line("examples/README.md", start).replace("dark.jpg", image.toString());
    }

    /** The line of the README that begins so, for the cluster of this test. */
    private String readme(String start) throws IOException {
        return line("README.md", start) + " -b 127.0.0.1:" + port + " -r http://127.0.0.1:" + registryPort;
    }

    private String line(String document, String start) throws IOException {
        String text = Files.readString(ROOT.resolve(document)).replaceAll(" *\\\\\n *", " ");
        List<String> found = text.lines().filter(line -> line.startsWith("    " + start))
                .map(line -> line.replaceFirst(" +# .*", "").strip()).toList();
        assertThat(found).as("lines of %s that begin with %s", document, start).hasSize(1);
        return found.get(0).replace("127.0.0.1:9092", "127.0.0.1:" + port)
                .replace("127.0.0.1:8081", "127.0.0.1:" + registryPort)
                .replace("127.0.0.1:8080", "127.0.0.1:" + httpPort);
    }

    private Process start(String line, Path out) throws IOException {
        ProcessBuilder shell = new ProcessBuilder("/bin/bash", "-c", line).directory(ROOT.toFile())
                .redirectOutput(out.toFile()).redirectError(folder.resolve("example.err").toFile());
        shell.environment().putAll(Map.of("PATH", PATH, "WEBHOOK_SECRET", SECRET));
        return shell.start();
    }

    /** What it prints. */
    private String run(String line) throws Exception {
        Path out = folder.resolve("example.out");
        Process process = start(line, out);
        assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).as(line).isTrue();
        assertThat(process.exitValue()).as(line + "\n" + Files.readString(folder.resolve("example.err"))).isZero();
        return Files.readString(out);
    }

    /** What it prints first, in a line; it is ended then, for a subscriber may go on forever. */
    private JsonNode firstAlert(String line, String name) throws Exception {
        Path out = folder.resolve(name);
        Process process = start(line, out);
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> Files.readString(out).contains("\n"));
        } finally {
            end(process);
        }
        return new ObjectMapper().readTree(Files.readAllLines(out).get(0));
    }

    private static void end(Process process) {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList().forEach(ProcessHandle::destroy);
    }

    @Test
    void shouldRunAsTheyStand() throws Exception {
        require(Program.isPackaged(), "target/app is missing: this test runs after mvn package");
        require(succeeds("/usr/bin/python3", "-c", "import kafka") && succeeds("kcat", "-V"),
                "python3-kafka or kcat is not installed");
        image = Files.write(folder.resolve("odd.jpg"), new PartRenderer().render(OddKind.DARK_FRAME, 5).jpeg());
        port = freePort();
        registryPort = freePort();
        httpPort = freePort();
        try (Program monitor = Program.launcher(folder, "run", "--data", "data", "--set", "http.port=" + httpPort,
                "--set", "bundle=" + ROOT.resolve("models").resolve("parts"), "--port", Integer.toString(port),
                "--registry-port", Integer.toString(registryPort))) {
            monitor.awaitOutput("READY", PATIENCE);
            run(line("examples/python/send_image.py"));
            run(line("java -cp 'target/app/lib/*' examples/java/SendImage.java"));

            JsonNode python = firstAlert(line("kcat -b 127.0.0.1:9092 -t ood-alerts -C -q"), "python.json");
            assertThat(python.path("id").asText()).isEqualTo("from-python");
            assertThat(python.path("source").asText()).isEqualTo("python");
            assertThat(python.path("verdict").asText()).isEqualTo("OUT_OF_DISTRIBUTION");
            assertThat(python.path("score").asDouble()).isLessThan(python.path("threshold").asDouble());
            JsonNode java = firstAlert(line("java -cp 'target/app/lib/*' examples/java/ReadAlerts.java"), "java.json");
            assertThat(java.path("id").asText()).isEqualTo("from-java");
            assertThat(java.path("model").asText()).isEqualTo("parts");

            webhook(python);
            readme();
        }
    }

    /** The README's own lines. */
    private void readme() throws Exception {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Files.copy(image, photos.resolve("gate.jpg"));
        assertThat(run(readme("./ood-monitor send photos/").replace("photos/", photos.toString()))).contains("1 image");
        assertThat(run(readme("./ood-monitor send --render") + " -n 5")).contains("5 images");
        assertThat(run(readme("./ood-monitor watch alerts") + " --from-beginning --source gate-7 --limit 1"))
                .contains("gate-7", "gate.jpg");
        Path config = Files.writeString(folder.resolve("my.conf"), "bootstrap.servers=127.0.0.1:" + port + "\n");
        assertThat(run(line("README.md", "./ood-monitor topics --create").replace("my.conf", config.toString())))
                .contains("ood-scores");
        assertThat(run(line("README.md", "./ood-monitor inspect").replace("models/mine", "models/parts")))
                .contains("parts", "dice");
        JsonNode status = new ObjectMapper().readTree(run(line("README.md", "curl -s")));
        assertThat(status.path("stream").asText()).isEqualTo("RUNNING");
        assertThat(status.path("bytesInFlight").isIntegralNumber()).isTrue();
    }

    /** What the forwarder posts is what the others read. */
    private void webhook(JsonNode expected) throws Exception {
        int webhookPort = freePort();
        Path out = folder.resolve("webhook.json");
        Process receiver = start(line("examples/python/receive_webhook.py 8000")
                .replace("8000", Integer.toString(webhookPort)), out);
        String forward = line("./ood-monitor forward").replace("127.0.0.1:8000", "127.0.0.1:" + webhookPort)
                .substring("./ood-monitor ".length()) + " -b 127.0.0.1:" + port
                + " -r http://127.0.0.1:" + registryPort;
        try (Program forwarder = Program.production(folder, Map.of("WEBHOOK_SECRET", SECRET), forward.split(" "))) {
            Awaitility.await().atMost(PATIENCE).until(() -> Files.readAllLines(out).size() == 2);
            forwarder.terminate();
            assertThat(forwarder.awaitEnd(PATIENCE)).isZero();
        } finally {
            end(receiver);
        }
        assertThat(Files.readAllLines(out)).map(line -> new ObjectMapper().readTree(line).path("id").asText())
                .containsExactlyInAnyOrder("from-python", "from-java");
        for (String line : Files.readAllLines(out)) {
            JsonNode alert = new ObjectMapper().readTree(line);
            if (alert.path("id").equals(expected.path("id"))) {
                assertThat(alert.path("threshold")).isEqualTo(expected.path("threshold"));
            }
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            System.err.println("SKIPPED: " + what);
        }
        assumeTrue(holds, what);
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
