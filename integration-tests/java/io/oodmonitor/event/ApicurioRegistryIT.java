package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client against the real Apicurio Registry, in a process of its own on loopback ports. Its 159 MB are fetched by
 * the Maven profile apicurio only.
 */
class ApicurioRegistryIT extends RegistryContract {

    private static final Logger LOG = LoggerFactory.getLogger(ApicurioRegistryIT.class);
    private static final int NEEDED_JAVA = 21;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path SERVER = Path.of("target", "apicurio", "quarkus-run.jar");
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)\\.");

    @TempDir
    private static Path folder;
    private static Process process;
    private static URI url;

    @BeforeAll
    static void start() throws IOException {
        skipUnless(Files.exists(SERVER), SERVER + " is absent: Apicurio Registry was NOT tested. Fetch it (159 MB) and"
            + " run this test with: mvn verify -Papicurio");
        Optional<JavaInstallation> java = JavaInstallation.atLeast(NEEDED_JAVA);
        skipUnless(java.isPresent(), "No Java " + NEEDED_JAVA + " or newer in JAVA_HOME or beside the one that runs"
            + " this: Apicurio Registry was NOT tested");
        Path log = folder.resolve("apicurio.log");
        // INVARIANT: nothing of it listens beyond loopback; its management port would by default.
        process = new ProcessBuilder(java.orElseThrow().executable().toString(), "-Xmx512m",
            "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=0",
            "-Dquarkus.management.host=127.0.0.1", "-Dquarkus.management.port=0",
            "-jar", SERVER.toAbsolutePath().toString())
            .directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        await().atMost(PATIENCE).until(() -> {
            assertThat(process.isAlive()).as(() -> read(log)).isTrue();
            Matcher listening = LISTENING.matcher(read(log));
            return listening.find() && answers(URI.create(listening.group(1) + "/apis/ccompat/v7"));
        });
    }

    /** Says so in the log too: of a whole class that is skipped, Maven prints no reason. */
    private static void skipUnless(boolean possible, String otherwise) {
        if (!possible) {
            LOG.warn("SKIPPED: {}", otherwise);
        }
        assumeTrue(possible, otherwise);
    }

    private static boolean answers(URI candidate) throws InterruptedException {
        try {
            url = candidate;
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(candidate + "/subjects")).build(),
                BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Override
    URI registry() {
        return url;
    }
}
