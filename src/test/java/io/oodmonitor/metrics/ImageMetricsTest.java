package io.oodmonitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.stream.prefetch.Reason;
import io.oodmonitor.stream.processor.MonitorListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageMetricsTest {

    private static final Instant CAPTURED = Instant.ofEpochMilli(1_000_000);

    private final MonitorMetrics metrics = new MonitorMetrics();

    private Bundle bundle;
    private MonitorListener listener;

    @BeforeEach
    void setUp(@TempDir Path folder) {
        bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny"));
        listener = metrics.listener(bundle);
    }

    @AfterEach
    void tearDown() {
        metrics.close();
    }

    private static OodScore verdict(float score, Verdict verdict, long millis) {
        return new OodScore("id", "gate-7", CAPTURED, CAPTURED.plusMillis(millis), "tiny", "1", "dice@90#0", "bolt", 0,
                0.9f, score, -score, 3.0, 0L, 0.4, verdict);
    }

    private String exposed() {
        return new String(metrics.scrape(null).body(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldHaveEverySeriesAtZeroFromTheStart() {
        assertThat(exposed()).contains("\nood_score_count 0\n", "\nood_captured_to_verdict_seconds_count 0\n",
                "\nood_batch_size_count 0\n", "\nood_batch_wait_seconds_count 0\n",
                "\nood_inference_seconds_count 0\n", "\nood_images_total{model_version=\"" + bundle.version()
                        + "\",source=\"other\",verdict=\"OUT_OF_DISTRIBUTION\"} 0.0\n");
        for (Reason reason : Reason.values()) {
            assertThat(exposed()).contains("\nood_dead_letters_total{reason=\"" + reason + "\"} 0.0\n");
        }
    }

    @Test
    void shouldCountAVerdict() {
        listener.judged(verdict(2.5f, Verdict.OUT_OF_DISTRIBUTION, 70));
        listener.judged(verdict(-4.5f, Verdict.OUT_OF_DISTRIBUTION, 30));
        listener.judged(verdict(8f, Verdict.IN_DISTRIBUTION, 1_500));

        assertThat(exposed()).contains("source=\"gate-7\",verdict=\"OUT_OF_DISTRIBUTION\"} 2.0\n",
                "source=\"gate-7\",verdict=\"IN_DISTRIBUTION\"} 1.0\n", "\nood_score_count 3\n",
                "\nood_score_sum 6.0\n", "\nood_captured_to_verdict_seconds_bucket{le=\"0.05\"} 1\n",
                "\nood_captured_to_verdict_seconds_bucket{le=\"0.1\"} 2\n",
                "\nood_captured_to_verdict_seconds_sum 1.6\n");
    }

    @Test
    void shouldTakeTheClockOfAProducerThatRunsAheadForOurs() {
        listener.judged(verdict(8f, Verdict.IN_DISTRIBUTION, -5_000));

        assertThat(exposed()).contains("\nood_captured_to_verdict_seconds_bucket{le=\"0.005\"} 1\n",
                "\nood_captured_to_verdict_seconds_sum 0.0\n");
    }

    @Test
    void shouldCountBatchesAndDeadLetters() {
        listener.scored(4, 3_000_000, 20_000_000);
        listener.scored(3, 1_000_000, 30_000_000);
        listener.rejected(Reason.CORRUPT_IMAGE);

        assertThat(exposed()).contains("\nood_batch_size_sum 7.0\n", "\nood_batch_size_bucket{le=\"4.0\"} 2\n",
                "\nood_batch_wait_seconds_sum 0.004\n", "\nood_inference_seconds_sum 0.05\n",
                "\nood_dead_letters_total{reason=\"CORRUPT_IMAGE\"} 1.0\n");
    }
}
