package io.oodmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.stream.MonitorHealth;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthContentTest {

    private static Optional<MonitorHealth> health(State stream, String engineFailure) {
        return Optional.of(new MonitorHealth(stream, true, Optional.ofNullable(engineFailure)));
    }

    @ParameterizedTest
    @CsvSource({"CREATED, 503, 503", "REBALANCING, 200, 503", "RUNNING, 200, 200", "PENDING_SHUTDOWN, 503, 503",
        "NOT_RUNNING, 503, 503", "PENDING_ERROR, 503, 503", "ERROR, 503, 503"})
    void shouldLiveWhileItRestoresAndBeReadyWhenItRuns(State stream, int live, int ready) {
        assertThat(HealthContent.live(health(stream, null)).status()).isEqualTo(live);
        assertThat(HealthContent.ready(health(stream, null)).status()).isEqualTo(ready);
        assertThat(HealthContent.ready(health(stream, null)).body().path("stream").asText()).isEqualTo(stream.name());
    }

    @ParameterizedTest
    @CsvSource({"CREATED", "REBALANCING", "PENDING_SHUTDOWN", "NOT_RUNNING", "PENDING_ERROR", "ERROR"})
    void shouldSayInOneSentenceWhyItIsNotReady(State stream) {
        assertThat(HealthContent.ready(health(stream, null)).body().path("why").asText())
                .matches("The [^.]*\\.");
    }

    @Test
    void shouldStayAliveButNotReadyWhileTheEngineFailsAndNotTellStrangersWhy() {
        Optional<MonitorHealth> failing = health(State.RUNNING, "CUDA failure on host gate-7");

        assertThat(HealthContent.live(failing).status()).isEqualTo(200);
        assertThat(HealthContent.ready(failing).status()).isEqualTo(503);
        assertThat(HealthContent.ready(failing).body()).hasToString("{\"status\":\"DOWN\",\"why\":\"No image can be "
                + "scored at the moment: the log says why.\",\"stream\":\"RUNNING\",\"engine\":\"FAILED\","
                + "\"thresholds\":\"READ\"}");
    }

    @Test
    void shouldNotBeReadyWhileAThreadIsReplaced() {
        Optional<MonitorHealth> replaced = Optional.of(new MonitorHealth(State.RUNNING, false, Optional.empty()));

        assertThat(HealthContent.live(replaced).status()).isEqualTo(200);
        assertThat(HealthContent.ready(replaced).status()).isEqualTo(503);
        assertThat(HealthContent.ready(replaced).body().path("why").asText()).contains("waits for its partitions");
    }

    @Test
    void shouldTellItsPartsWhenAllIsWell() {
        assertThat(HealthContent.ready(health(State.RUNNING, null)).body()).hasToString(
                "{\"status\":\"UP\",\"stream\":\"RUNNING\",\"engine\":\"WARM\",\"thresholds\":\"READ\"}");
    }

    @Test
    void shouldBeNeitherBeforeTheMonitorIsThere() {
        assertThat(HealthContent.live(Optional.empty()).status()).isEqualTo(503);
        assertThat(HealthContent.ready(Optional.empty()).status()).isEqualTo(503);
        assertThat(HealthContent.live(Optional.empty()).body().path("engine").asText()).isEqualTo("NOT_WARM");
    }
}
