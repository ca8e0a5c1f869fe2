package io.oodmonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.oodmonitor.InstalledTool;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.PrometheusServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard, the rules and the README's table go with what a running monitor exposes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class ExposedMetricsIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Pattern METRIC = Pattern.compile("\\b(?:ood|kafka|jvm|process)_\\w+|\\bup\\b");
    private static final Pattern GROUPED = Pattern.compile("^(?:sum|max|min|avg) by \\(([^)]*)\\)");

    private MeasuredMonitor monitor;
    private PrometheusServer prometheus;

    @BeforeAll
    void setUp(@TempDir Path folder) throws Exception {
        monitor = new MeasuredMonitor(KAFKA, folder);
        prometheus = monitor.prometheus();
    }

    @AfterAll
    void tearDown() {
        if (monitor != null) {
            monitor.close();
        }
    }

    @Test
    void shouldShowOnTheDashboardOnlyWhatIsThere() throws Exception {
        Set<String> known = names();
        for (String query : GrafanaDashboard.read().queries()) {
            assertAsksForWhatIsThere(query, known);
            await().atMost(MeasuredMonitor.PATIENCE).untilAsserted(() ->
                    assertThat(prometheus.query(query)).as(query).isNotEmpty());
            Matcher grouped = GROUPED.matcher(query);
            if (grouped.find()) {
                assertGroupedBy(query, grouped.group(1).split(", "));
            }
        }
    }

    private void assertGroupedBy(String query, String[] labels) throws Exception {
        assertThat(prometheus.query(query)).as(query).allSatisfy(one ->
                assertThat(one.path("metric").fieldNames()).toIterable().contains(labels));
    }

    @Test
    void shouldAlertOnWhatIsThere() throws Exception {
        Set<String> known = names();
        JsonNode rules = prometheus.get("/api/v1/rules").path("groups").path(0).path("rules");
        assertThat(rules).hasSize(6).allSatisfy(rule -> {
            assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
            assertAsksForWhatIsThere(rule.path("query").asText(), known);
        });
        await().atMost(MeasuredMonitor.PATIENCE).untilAsserted(() -> assertThat(monitor.series(
                "ALERTS{alertname=\"OodDeadLetters\", alertstate=\"firing\"}", "reason"))
                .containsOnlyKeys("UNSUPPORTED_FORMAT", "MISSING_LABEL"));
    }

    private static void assertAsksForWhatIsThere(String query, Set<String> known) {
        List<String> names = METRIC.matcher(query.replaceAll("\"[^\"]*\"", "")).results().map(MatchResult::group)
                .filter(name -> !name.equals("up")).toList();
        assertThat(names).as(query).isNotEmpty().allSatisfy(name -> assertThat(known).contains(name));
    }

    /** The names of the series that are there. */
    private Set<String> names() throws Exception {
        return monitor.exposed().lines().filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", "")).collect(Collectors.toSet());
    }

    @Test
    void shouldExposeWhatTheReadmeLists() throws Exception {
        String table = MetricsTable.of(monitor.exposed());
        Path expected = Files.writeString(Path.of("target", "metrics.md"), table);
        assertThat(Files.readString(Path.of("README.md")))
                .as("the README's table of metrics; the right one is in " + expected)
                .contains("<!-- metrics: begin -->\n" + table + "<!-- metrics: end -->\n");
    }

    /** promtool ends with 1 for what it cannot read, with 3 for what goes against Prometheus's customs. */
    @Test
    void shouldBeMetricsAsPrometheusLikesThem(@TempDir Path folder) throws Exception {
        String all = monitor.exposed();
        assertThat(check(folder, all).code()).isIn(0, 3);
        String own = String.join("\n", Arrays.stream(all.split("\n"))
                .filter(line -> line.matches("(# \\w+ )?ood_.*")).toList()) + "\n";
        assertThat(check(folder, own)).isEqualTo(new InstalledTool.Run(0, ""));
    }

    private static InstalledTool.Run check(Path folder, String exposition) throws Exception {
        Path file = Files.writeString(folder.resolve("metrics.txt"), exposition);
        return InstalledTool.run("sh", "-c", "promtool check metrics < " + file);
    }

    @Test
    void shouldHaveABoundedNumberOfSeries() throws Exception {
        long series = monitor.exposed().lines().filter(line -> !line.startsWith("#")).count();
        System.out.println("/metrics has " + series + " series, " + monitor.exposed().length() / 1024 + " KB");
        assertThat(series).isLessThan(1_200);
    }
}
