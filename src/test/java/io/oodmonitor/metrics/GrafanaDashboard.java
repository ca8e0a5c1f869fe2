package io.oodmonitor.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The dashboard of deploy/grafana. */
final class GrafanaDashboard {

    private final JsonNode json;

    private GrafanaDashboard(JsonNode json) {
        this.json = json;
    }

    static GrafanaDashboard read() throws IOException {
        return new GrafanaDashboard(new ObjectMapper().readTree(
                Path.of("deploy", "grafana", "dashboards", "ood-monitor.json").toFile()));
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    List<JsonNode> panels() {
        return list(json.path("panels"));
    }

    List<JsonNode> variables() {
        return list(json.path("templating").path("list"));
    }

    /** What its panels ask Prometheus for, with everything chosen and the last five minutes. */
    List<String> queries() {
        return panels().stream().flatMap(panel -> list(panel.path("targets")).stream())
                .map(target -> target.path("expr").asText().replace("$__rate_interval", "5m").replace("$__range", "5m")
                        .replace("$job", ".*").replace("$instance", ".*").replace("$source", ".*"))
                .toList();
    }
}
