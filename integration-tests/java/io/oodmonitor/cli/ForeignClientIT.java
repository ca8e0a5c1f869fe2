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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A producer and a subscriber that are not ours, Python's and kcat, against {@code run} as a user starts it. */
@Timeout(180)
class ForeignClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    private Path folder;

    @Test
    void shouldAnswerAProducerAndASubscriberThatAreNotOurs() throws Exception {
        require(Program.isPackaged(), "target/app is missing: this test runs after mvn package");
        require(succeeds(PYTHON, "-c", "import kafka") && succeeds("kcat", "-V"),
                "python3-kafka or kcat is not installed");
        Path image = Files.write(folder.resolve("dark.jpg"), new PartRenderer().render(OddKind.DARK_FRAME, 5).jpeg());
        int port = freePort();
        int registryPort = freePort();
        try (Program monitor = Program.launcher(folder, "run", "--data", "data", "--set", "http.port=0", "--set",
                "bundle=" + ROOT.resolve("models").resolve("parts"), "--port", Integer.toString(port),
                "--registry-port", Integer.toString(registryPort))) {
            monitor.awaitOutput("READY", PATIENCE);
            Path out = folder.resolve("alert.json");
            Path err = folder.resolve("client.err");
            Process client = new ProcessBuilder(PYTHON,
                    ROOT.resolve("integration-tests/clients/send_and_read.py").toString(), "127.0.0.1:" + port, "http://127.0.0.1:" + registryPort,
                    ROOT.resolve("schemas/ImageEvent.avsc").toString(), image.toString(), "from-python")
                    .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            assertThat(client.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
            assertThat(client.exitValue()).as(Files.readString(err)).isZero();

            JsonNode alert = new ObjectMapper().readTree(out.toFile());
            assertThat(alert.path("id").asText()).isEqualTo("from-python");
            assertThat(alert.path("source").asText()).isEqualTo("python");
            assertThat(alert.path("model").asText()).isEqualTo("parts");
            assertThat(alert.path("verdict").asText()).isEqualTo("OUT_OF_DISTRIBUTION");
            assertThat(alert.path("score").asDouble()).isLessThan(alert.path("threshold").asDouble());
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
