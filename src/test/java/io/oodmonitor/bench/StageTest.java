package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "ood-lane-1; NETWORK", "ood-decode-2; DECODE", "ood-monitor-bench-abc-StreamThread-1; STREAM",
        "kafka-producer-network-thread | ood-monitor-bench-abc-StreamThread-1-producer; STREAM",
        "ood-monitor-bench-abc-GlobalStreamThread; STREAM",
        "kafka-producer-network-thread | ood-monitor-send; LOAD", "bench-sender; LOAD", "main; LOAD",
        "data-plane-kafka-request-handler-0; BROKER"})
    void shouldKnowThreadsByTheirNames(String thread, Stage stage) {
        assertThat(Stage.of(thread)).isEqualTo(stage);
    }

    @Test
    void shouldCountForTheJvmWhatNoThreadUsed() {
        ProcessorTime before = new ProcessorTime(0, 100, Map.of(1L, 40L), Map.of(1L, "ood-lane-1"), Double.NaN);
        ProcessorTime after = new ProcessorTime(1_000, 1_600, Map.of(1L, 440L, 2L, 300L),
                Map.of(1L, "ood-lane-1", 2L, "bench-sender"), 0.9);

        assertThat(after.since(before)).isEqualTo(new EnumMap<>(
                Map.of(Stage.NETWORK, 400L, Stage.LOAD, 300L, Stage.NATIVE, 800L)));
        assertThat(after.utilisation(before, 2)).isEqualTo(0.75);
        assertThat(after.others(before, 2)).isEqualTo(0.9 - 0.75);
    }
}
