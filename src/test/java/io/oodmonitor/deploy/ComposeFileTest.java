package io.oodmonitor.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.oodmonitor.stream.HttpSettings;
import io.oodmonitor.stream.MonitorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComposeFileTest {

    private static final Path FILE = YamlFile.DEPLOY.resolve("compose.yaml");
    private static final Path GPU_FILE = YamlFile.DEPLOY.resolve("compose.gpu.yaml");

    private static JsonNode services() throws IOException {
        return YamlFile.read(FILE).path("services");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** What is mounted from beside the file. */
    private static List<String> mounted() throws IOException {
        List<String> sources = new ArrayList<>();
        services().forEach(service -> service.path("volumes").forEach(volume ->
                sources.add(volume.asText().split(":")[0])));
        return sources.stream().filter(source -> source.startsWith("./")).toList();
    }

    @Test
    void shouldSetTheMonitorsOwnSettings() throws IOException {
        for (String service : List.of("monitor", "topics")) {
            MonitorConfig config = YamlFile.settings(YamlFile.texts(services().path(service).path("environment")));
            assertThat(config.kafka()).containsEntry("bootstrap.servers", "kafka:19092");
            assertThat(config.registry().urls()).hasToString("[http://registry:8080/apis/ccompat/v7]");
        }
        HttpSettings http = HttpSettings.from(YamlFile.settings(
                YamlFile.texts(services().path("monitor").path("environment")))).orElseThrow();
        assertThat(http.address()).isEqualTo("0.0.0.0");
        assertThat(http.behindProxy()).isTrue();
    }

    @Test
    void shouldBeReachedFromThisMachineOnly() throws IOException {
        services().forEach(service -> assertThat(service.path("ports")).allMatch(port ->
                port.asText().startsWith("127.0.0.1:")));
    }

    @Test
    void shouldLetTheMonitorWriteWhereItMust() throws IOException {
        for (String service : List.of("monitor", "topics")) {
            assertThat(services().path(service).path("read_only").asBoolean()).isTrue();
            assertThat(services().path(service).path("tmpfs").toString()).contains("/tmp:exec");
        }
        assertThat(services().path("monitor").path("volumes").toString()).contains("state:/var/lib/ood-monitor");
    }

    @Test
    void shouldNameServicesAndVolumesThatThereAre() throws IOException {
        List<String> services = names(services());
        List<String> volumes = names(YamlFile.read(FILE).path("volumes"));
        services().forEach(service -> {
            assertThat(names(service.path("depends_on"))).allMatch(services::contains);
            service.path("volumes").forEach(volume -> {
                String source = volume.asText().split(":")[0];
                assertThat(source.startsWith("./") || volumes.contains(source)).as(source).isTrue();
            });
        });
    }

    @Test
    void shouldMountFilesThatAreThere() throws IOException {
        // Those of Prometheus and Grafana are tested by what made them.
        assumeTrue(Files.isDirectory(YamlFile.DEPLOY.resolve("grafana")));
        assertThat(mounted()).isNotEmpty().allMatch(source -> Files.exists(YamlFile.DEPLOY.resolve(source)));
    }

    @Test
    void shouldBuildFromFilesThatAreThere() throws IOException {
        for (Path file : List.of(FILE, GPU_FILE)) {
            JsonNode build = YamlFile.read(file).at("/services/monitor/build");
            Path context = YamlFile.DEPLOY.resolve(build.path("context").asText());
            assertThat(context.resolve(build.path("dockerfile").asText())).exists();
        }
    }

    @Test
    void shouldChangeTheMonitorOnlyForAGpu() throws IOException {
        JsonNode gpu = YamlFile.read(GPU_FILE).path("services");
        assertThat(names(gpu)).isEqualTo(List.of("monitor"));
        assertThat(gpu.at("/monitor/deploy/resources/reservations/devices/0/capabilities").toString())
                .isEqualTo("[\"gpu\"]");
    }
}
