package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo, whole, as long as one episode takes. */
@Timeout(180)
class DemoIT {

    @TempDir
    private Path folder;

    @Test
    void shouldAccountForEveryImageAndRaiseAndClearTheAlertOfEveryEpisode() throws Exception {
        Path report = folder.resolve("demo.json");
        CommandRun demo = CommandRun.of("demo", "--duration", "20s", "--report", report.toString());
        assertThat(demo.code()).as(demo.err()).isZero();

        JsonNode figures = new ObjectMapper().readTree(report.toFile());
        assertThat(figures.path("sent").asLong()).isGreaterThan(1_000);
        assertThat(figures.path("verdicts").asLong() + figures.path("deadLetters").asLong())
                .isEqualTo(figures.path("sent").asLong());
        assertThat(figures.path("lost").asLong()).isZero();
        assertThat(figures.path("duplicated").asLong()).isZero();
        assertThat(figures.path("deadLetters").asLong()).isPositive();
        assertThat(figures.path("idFlagged").asLong()).isBetween(
                figures.path("idFlaggedInterval99").path("low").asLong(),
                figures.path("idFlaggedInterval99").path("high").asLong());
        assertThat(figures.path("episodes")).hasSize(1).allMatch(episode ->
                episode.path("raised").asBoolean() && episode.path("cleared").asBoolean());
        assertThat(figures.path("alertsRaised").asLong()).isEqualTo(1);
        assertThat(figures.path("alertsCleared").asLong()).isEqualTo(1);
        assertThat(demo.out()).contains("Summary of 20 s", "0 lost, 0 doubled (ok)", "raised and cleared");
    }
}
