package io.oodmonitor.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.stream.HttpSettings;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart as Helm itself lints and renders it. */
class HelmChartTest {

    private static final String EVERYTHING = """
            replicas: 3
            gpu: {count: 1, runtimeClassName: nvidia}
            secretName: kafka-login
            javaOptions: -XX:+UseZGC
            env: [{name: TZ, value: Europe/Berlin}]
            bundleVolume: {persistentVolumeClaim: {claimName: models}}
            serviceMonitor: {enabled: true, labels: {release: prometheus}}
            networkPolicy: {from: [{namespaceSelector: {matchLabels: {name: monitoring}}}]}
            autoscaling: {enabled: true, authenticationRef: kafka, metadata: {tls: enable}}
            podAnnotations: {a: b}
            podLabels: {team: vision}
            nodeSelector: {gpu: 'true'}
            tolerations: [{key: nvidia.com/gpu, operator: Exists}]
            settings:
              bundle: /models/mine
              scoring.max.bytes.in.flight: 67108864
              calibration.target.false.alarm.rate: 0.01
              calibration.update-mask: true
              alert.significance: 1.0e-7
              sasl.mechanism: SCRAM-SHA-512
              sasl.jaas.config: org.apache.kafka.common.security.scram.ScramLoginModule required
                username="monitor" password="${secrets:DIRECTORY:password}";
            """;

    @TempDir
    private Path folder;

    private HelmChart everything() throws IOException {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("password"), "from-the-secret");
        return HelmChart.with(EVERYTHING.replace("DIRECTORY", secrets.toString()), folder.resolve("chart"));
    }

    private static JsonNode container(HelmChart chart) {
        return chart.render("StatefulSet").at("/spec/template/spec/containers/0");
    }

    /** The settings that the monitor would see: its file, over it the environment. */
    private MonitorConfig settings(HelmChart chart) throws IOException {
        Path file = Files.writeString(folder.resolve("ood-monitor.properties"),
                chart.render("ConfigMap").at("/data/ood-monitor.properties").asText());
        Map<String, String> environment = new HashMap<>();
        container(chart).path("env").forEach(variable -> environment.put(variable.path("name").asText(),
                variable.path("value").asText("from-kubernetes-itself")));
        return SettingsFile.load(Optional.of(file), environment, Map.of());
    }

    @Test
    void shouldBeLintedWithoutAWord() {
        assertThat(HelmChart.asItIs().lint().getMessages()).containsExactly("[INFO] Chart.yaml: icon is recommended");
        assertThat(HelmChart.asItIs().lint().isFailed()).isFalse();
    }

    @Test
    void shouldRenderWhatKubernetesKnows() throws IOException {
        List<JsonNode> resources = everything().render();
        assertThat(resources).extracting(resource -> resource.path("kind").asText()).containsExactlyInAnyOrder(
                "ConfigMap", "NetworkPolicy", "PodDisruptionBudget", "ScaledObject", "Service", "ServiceMonitor",
                "StatefulSet");
        for (JsonNode resource : resources) {
            if (KubernetesTypes.know(resource)) {
                KubernetesTypes.check(resource);
            }
        }
        assertThat(resources).filteredOn(KubernetesTypes::know).hasSize(5);
        for (JsonNode resource : HelmChart.asItIs().render()) {
            KubernetesTypes.check(resource);
        }
    }

    @Test
    void shouldNoticeAFieldThatKubernetesDoesNotKnow() {
        ObjectNode wrong = (ObjectNode) HelmChart.asItIs().render("StatefulSet");
        ((ObjectNode) wrong.path("spec")).put("replica", 2);
        assertThatThrownBy(() -> KubernetesTypes.check(wrong)).isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("replica");
    }

    @Test
    void shouldSetTheMonitorsOwnSettings() throws IOException {
        MonitorConfig config = settings(HelmChart.asItIs());
        assertThat(config.kafka()).containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("application.id", "ood-monitor").containsEntry("state.dir", "/var/lib/ood-monitor")
                .containsEntry("group.instance.id", "from-kubernetes-itself");
        HttpSettings http = HttpSettings.from(config).orElseThrow();
        assertThat(http.address()).isEqualTo("0.0.0.0");
        assertThat(http.token()).isPresent();
    }

    @Test
    void shouldSetAllKindsOfValuesAsTheyWereWritten() throws IOException {
        MonitorConfig config = settings(everything());
        assertThat(config.getLong(MonitorConfig.MAX_BYTES_IN_FLIGHT)).isEqualTo(67_108_864);
        assertThat(config.getDouble(MonitorConfig.TARGET_FALSE_ALARM_RATE)).isEqualTo(0.01);
        assertThat(config.getDouble(MonitorConfig.ALERT_SIGNIFICANCE)).isEqualTo(1e-7);
        assertThat(config.updateMask()).isTrue();
        assertThat(config.device()).hasToString("cuda");
        assertThat(config.bundle()).hasToString("/models/mine");
        assertThat(config.kafka().get("sasl.jaas.config").toString()).contains("password=\"from-the-secret\"");
    }

    @Test
    void shouldProbeAndSecureThePodAndKeepItsState() {
        JsonNode pod = HelmChart.asItIs().render("StatefulSet").at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/terminationGracePeriodSeconds").asInt()).isEqualTo(30);
        JsonNode claim = HelmChart.asItIs().render("StatefulSet").at("/spec/volumeClaimTemplates/0/metadata/name");
        assertThat(container.path("volumeMounts")).anyMatch(mount -> mount.path("name").equals(claim)
                && mount.path("mountPath").asText().equals("/var/lib/ood-monitor"));
    }

    /** For a service named ood-monitor Kubernetes sets OOD_MONITOR_PORT, which the monitor takes for a setting. */
    @Test
    void shouldNotLetKubernetesSetSettings() {
        JsonNode pod = HelmChart.asItIs().render("StatefulSet").at("/spec/template/spec");
        assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
        assertThatThrownBy(() -> YamlFile.settings(Map.of("OOD_MONITOR_PORT", "tcp://10.0.0.1:8080")))
                .hasMessageContaining("Unknown setting monitor.port");
    }

    @Test
    void shouldAskForGpusOnlyWhereThereAreTo() throws IOException {
        assertThat(container(everything()).at("/resources/limits").toString())
                .contains("\"nvidia.com/gpu\":1", "\"memory\":\"2Gi\"");
        assertThat(container(HelmChart.asItIs()).toString()).doesNotContain("nvidia", "cuda");
    }

    @Test
    void shouldScaleByTheLagOfTheImages() throws IOException {
        HelmChart chart = everything();
        JsonNode trigger = chart.render("ScaledObject").at("/spec/triggers/0/metadata");
        MonitorConfig config = settings(chart);
        assertThat(trigger.path("topic").asText()).isEqualTo(config.topics().images());
        assertThat(trigger.path("consumerGroup").asText()).isEqualTo(config.kafka().get("application.id"));
        assertThat(trigger.path("bootstrapServers").asText()).isEqualTo(config.kafka().get("bootstrap.servers"));
        assertThat(trigger).allMatch(JsonNode::isTextual);
        assertThat(chart.render("ScaledObject").at("/spec/scaleTargetRef/name"))
                .isEqualTo(chart.render("StatefulSet").at("/metadata/name"));
        assertThat(chart.render("StatefulSet").at("/spec/replicas").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replica: 2", "replicas: two", "settings: {state.dir: /tmp}", "settings: {http.port: 80}",
        "gpu: {count: -1}", "networkPolicy: {toPorts: [kafka]}", "resources: {limits: null}",
        "http: {token: {secretName: ''}}"})
    void shouldRefuseValuesThatAreNone(String values) throws IOException {
        HelmChart chart = HelmChart.with(values, folder.resolve("chart"));
        assertThatThrownBy(chart::render).hasMessageContaining("values don't meet the specifications of the schema");
    }
}
