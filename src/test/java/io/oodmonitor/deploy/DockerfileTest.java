package io.oodmonitor.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.oodmonitor.cli.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileTest {

    private static final Path HEALTHCHECK = YamlFile.DEPLOY.resolve("healthcheck");

    /** Instructions and what follows them, continued lines joined. */
    private static List<String> instructions(String file) throws IOException {
        String text = Files.readString(YamlFile.DEPLOY.resolve(file)).replaceAll("(?m)^#.*\n", "")
                .replace("\\\n", " ");
        return text.lines().filter(line -> !line.isBlank()).map(line -> line.replaceAll(" +", " ")).toList();
    }

    private static List<String> all(String file, String instruction) throws IOException {
        return instructions(file).stream().filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1)).toList();
    }

    private static int check(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(HEALTHCHECK.toAbsolutePath().toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Dockerfile.cuda"})
    void shouldCopyFilesThatAreThereAndThatTheContextHas(String file) throws IOException {
        List<String> context = Files.readAllLines(Path.of(".dockerignore"));
        List<String> sources = new ArrayList<>();
        for (String copy : all(file, "COPY")) {
            if (!copy.startsWith("--from")) {
                String[] words = copy.split(" ");
                sources.addAll(Arrays.asList(words).subList(0, words.length - 1));
            }
        }
        assertThat(sources).contains("pom.xml", "schemas", "src/main", "models/parts").allMatch(source ->
                Files.exists(Path.of(source))).allMatch(source -> context.contains("!" + source)
                || context.contains("!" + source.split("/")[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "Dockerfile.cuda"})
    void shouldRunTheProgramAsNobodyWithSettingsThatItKnows(String file) throws IOException {
        assertThat(all(file, "USER")).containsExactly("10001:10001");
        assertThat(all(file, "ENTRYPOINT").get(0)).contains("\"" + Main.class.getName() + "\"");
        Map<String, String> environment = new HashMap<>();
        all(file, "ENV").forEach(line -> environment.put(line.split("=")[0], line.split("=")[1]));
        assertThat(YamlFile.settings(environment).kafka()).containsEntry("state.dir", "/var/lib/ood-monitor");
        assertThat(all(file, "HEALTHCHECK").get(0)).endsWith("CMD [\"/opt/ood-monitor/healthcheck\"]");
    }

    @Test
    void shouldDifferForAGpuInBaseProfileDeviceAndPatience() throws IOException {
        List<String> cpu = instructions("Dockerfile");
        List<String> gpu = instructions("Dockerfile.cuda");
        assertThat(gpu).filteredOn(line -> !cpu.contains(line)).hasSize(4)
                .anyMatch(line -> line.startsWith("ARG BASE=nvidia/cuda:12"))
                .contains("ARG MAVEN_ARGUMENTS=-Pgpu", "ENV OOD_SCORING_DEVICE=cuda")
                .anyMatch(line -> line.startsWith("HEALTHCHECK "));
        assertThat(cpu).filteredOn(line -> !gpu.contains(line)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "503, 1", "401, 1"})
    @Timeout(60)
    void shouldBeHealthyWhileTheMonitorLives(int status, int expected) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health/live", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(check(Map.of("OOD_HTTP_PORT", Integer.toString(server.getAddress().getPort()))))
                    .isEqualTo(expected);
        } finally {
            server.stop(0);
        }
    }

    @Test
    @Timeout(60)
    void shouldNotBeHealthyWhereNothingListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThat(check(Map.of("OOD_HTTP_PORT", Integer.toString(port)))).isNotZero();
    }
}
