package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.cli.CommandRun;
import io.oodmonitor.harness.Alone;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bench, whole, as short as it allows. */
@Alone
@Timeout(300)
class BenchIT {

    @TempDir
    private Path folder;

    @Test
    void shouldMeasureTheShippedBundleWithoutLosingAnImage() throws Exception {
        Path report = folder.resolve("bench.json");
        CommandRun bench = CommandRun.of("bench", "--duration", "1s", "--report", report.toString());
        assertThat(bench.code()).as(bench.err()).isZero();

        JsonNode figures = new ObjectMapper().readTree(report.toFile());
        assertThat(figures.path("lost").asLong(-1)).isZero();
        assertThat(figures.path("duplicated").asLong(-1)).isZero();
        assertThat(figures.path("deadLetters").asLong(-1)).isZero();
        assertThat(figures.path("sent").asLong()).isGreaterThan(1_000).isEqualTo(figures.path("verdicts").asLong());
        assertThat(figures.path("limits")).hasSize(5).allMatch(limit -> limit.asDouble() > 0);
        assertThat(figures.path("rounds")).hasSize(5);
        assertThat(figures.path("loads")).hasSize(3).allMatch(load -> load.path("latencyMs").path("p50").asDouble() > 0
                && load.path("latencyMs").path("p50").asDouble() <= load.path("latencyMs").path("p99").asDouble());
        assertThat(figures.path("loads")).allMatch(load -> load.path("meanWaitMs").path("network").asDouble() > 0);
        JsonNode row = figures.path("rows").path(0);
        assertThat(row.path("work").asText()).contains("parts", "renderer");
        assertThat(row.path("imagesPerSecond").asDouble()).isPositive();
        // A second says little, and the limits were measured at other times: no more than the order of magnitude.
        assertThat(row.path("ratio").asDouble())
                .isBetween(0.01, 10.0)
                .isCloseTo(row.path("imagesPerSecond").asDouble() / row.path("limit").asDouble(),
                        within(1e-3));
        assertThat(row.path("ratioToCopying").asDouble()).isBetween(0.001, 10.0);
        assertThat(row.path("processorTimesCopying").asDouble()).isPositive();
        assertThat(row.path("ratioToDefaultThreads").asDouble()).isPositive();
        assertThat(row.path("ratioToNetwork").asDouble()).isBetween(0.01, 10.0);
        assertThat(row.path("ratioToLoop").asDouble()).isBetween(0.01, 10.0);
        // A commit every 100 ms, and what comes before it.
        assertThat(row.path("p99BoundMs").path("bound").asDouble()).isGreaterThan(100);
        assertThat(row.path("batchingGain")).hasSize(2);
        // What did best is what was measured last, with batches as large as the report says.
        assertThat(figures.path("best").path("meanBatchSize").asDouble())
                .isBetween(1.0, figures.path("best").path("batchSize").asDouble());
        assertThat(figures.path("peakBytesInFlight").asLong()).isBetween(1L, 64L << 20);
        assertThat(bench.out()).contains("THE STREAM, EXACTLY ONCE", "0 lost, 0 doubled (ok)", "Bottleneck",
                "scoring.batch.size=" + figures.path("best").path("batchSize").asInt());
        assertThat(bench.err()).contains("The broker alone", "The stream at 50% of that");
        assertThat(Files.size(folder.resolve("bench.png"))).isGreaterThan(10_000);
    }
}
