package io.oodmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oodmonitor.stream.HttpSettings;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.MonitorHealth;
import io.oodmonitor.stream.MonitorLoad;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class MonitorContentTest {

    private static final MonitorLoad LOAD = new MonitorLoad(List.of(
            new MonitorLoad.Partition("images", 0, OptionalLong.of(12), 5, Duration.ofMillis(250)),
            new MonitorLoad.Partition("images", 1, OptionalLong.empty(), 2, Duration.ofMillis(1500))), 4_096);

    private static JsonNode status(String engineFailure) {
        return MonitorContent.status(
                new MonitorHealth(State.RUNNING, true, Optional.ofNullable(engineFailure)), LOAD).body();
    }

    @Test
    void shouldTellWhatWaits() {
        assertThat(status(null)).hasToString("{\"stream\":\"RUNNING\",\"lag\":null,\"pending\":7,"
                + "\"oldestPendingSeconds\":1.5,\"bytesInFlight\":4096,\"partitions\":["
                + "{\"topic\":\"images\",\"partition\":0,\"lag\":12,\"pending\":5,\"oldestPendingSeconds\":0.25},"
                + "{\"topic\":\"images\",\"partition\":1,\"lag\":null,\"pending\":2,\"oldestPendingSeconds\":1.5}]}");
    }

    @Test
    void shouldTellThoseWhoMayReadItWhyTheEngineFails() {
        assertThat(status("The network's device is lost").path("engineFailure").asText())
                .isEqualTo("The network's device is lost");
    }

    @Test
    void shouldTellSettingsButNoSecret() {
        JsonNode config = MonitorContent.config(new MonitorConfig(Map.of(HttpSettings.TOKEN, "a token of 16 letters"
                .replace(' ', '-')))).body();

        assertThat(config.path("scoring.batch.size").asText()).isEqualTo("0");
        assertThat(config.path("http.token").asText()).isEqualTo("[hidden]");
    }
}
