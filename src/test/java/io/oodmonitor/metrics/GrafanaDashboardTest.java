package io.oodmonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrafanaDashboardTest {

    @Test
    void shouldHavePanelsSideBySide() throws Exception {
        List<JsonNode> panels = GrafanaDashboard.read().panels();

        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        List<String> taken = new ArrayList<>();
        for (JsonNode panel : panels) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = place.path("x").asInt(); x < place.path("x").asInt() + place.path("w").asInt(); x++) {
                for (int y = place.path("y").asInt(); y < place.path("y").asInt() + place.path("h").asInt(); y++) {
                    taken.add(x + "," + y);
                }
            }
        }
        assertThat(taken).doesNotHaveDuplicates();
    }

    @Test
    void shouldSayOfEachPanelWhatItShowsAndAskTheChosenPrometheus() throws Exception {
        GrafanaDashboard dashboard = GrafanaDashboard.read();

        assertThat(dashboard.panels()).filteredOn(panel -> !panel.path("type").asText().equals("row"))
                .hasSizeGreaterThan(20).allSatisfy(panel -> {
                    assertThat(panel.path("title").asText()).isNotBlank();
                    assertThat(panel.path("description").asText()).endsWith(".");
                    assertThat(panel.path("targets")).isNotEmpty().allSatisfy(target ->
                            assertThat(target.path("datasource").path("uid").asText()).isEqualTo("${datasource}"));
                });
        assertThat(dashboard.variables()).extracting(variable -> variable.path("name").asText())
                .containsExactly("datasource", "job", "instance", "source");
    }

    @Test
    void shouldUseNoVariableThatIsNotThere() throws Exception {
        assertThat(GrafanaDashboard.read().queries()).allSatisfy(query -> assertThat(query).doesNotContain("$"));
    }
}
