package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class BenchJsonTest {

    private final JsonNode json =
            new BenchJson(Results.result(900, new Tally.Totals(5_000, 4_990, 10, 0, 0))).json();

    @Test
    void shouldHaveTheRowThatTheContractNames() {
        JsonNode row = json.path("rows").path(0);
        assertThat(row.path("work").asText())
                .isEqualTo("parts 1 with dice@90; 256 images of renderer, files of 1.6 kB");
        assertThat(row.path("imagesPerSecond").asDouble()).isEqualTo(900);
        assertThat(row.path("limit").asDouble()).isEqualTo(1_000);
        assertThat(row.path("ratio").asDouble()).isEqualTo(0.9);
        // At half load.
        assertThat(row.path("latencyMs").toString()).isEqualTo("{\"p50\":70.0,\"p95\":120.0,\"p99\":150.0}");
    }

    @Test
    void shouldCompareTheStreamWithWhatElseThereIs() {
        JsonNode row = json.path("rows").path(0);
        assertThat(row.path("ratioToNetwork").asDouble()).isEqualTo(0.9);
        assertThat(row.path("ratioToLoop").asDouble()).isEqualTo(0.9474);
        assertThat(row.path("ratioToDefaultThreads").asDouble()).isEqualTo(900.0 / 720);
        assertThat(row.path("ratioToCopying").asDouble()).isEqualTo(0.09);
        assertThat(row.path("processorTimesCopying").asDouble()).isEqualTo(2 / 0.1);
        assertThat(row.path("batchingGain").toString()).isEqualTo("{\"stream\":1.25,\"network\":1.25}");
        assertThat(row.path("p99BoundMs").toString())
                .isEqualTo("{\"batch\":12.0,\"maxDelay\":5.0,\"commitInterval\":100.0,\"bound\":129.0}");
    }

    @Test
    void shouldHaveTheRestBesideIt() {
        assertThat(json.path("limits").toString())
                .isEqualTo("{\"network\":1000.0,\"decode and resize\":4000.0,\"broker\":20000.0,"
                        + "\"copying topology\":10000.0,\"loop\":950.0}");
        assertThat(json.path("loads")).hasSize(3).extracting(load -> load.path("meanWaitMs").toString())
                .containsOnly("{\"decode\":0.1,\"others\":2.3,\"lane\":1.0,\"network\":24.0}");
        assertThat(json.path("rounds")).extracting(round -> round.path("ratio").asDouble())
                .containsExactly(0.4, 0.9, 0.99);
        assertThat(json.path("best").toString()).isEqualTo(
                "{\"batchSize\":8,\"maxDelayMs\":5,\"lanes\":2,\"threadsPerLane\":1,\"meanBatchSize\":7.5}");
        assertThat(json.path("processorMillisPerImage").path("network").asDouble()).isEqualTo(1.5);
        assertThat(json.path("lost").asLong(-1)).isZero();
    }
}
