package io.oodmonitor.metrics;

import static io.oodmonitor.metrics.MeasuredMonitor.BROKEN;
import static io.oodmonitor.metrics.MeasuredMonitor.CALIBRATION;
import static io.oodmonitor.metrics.MeasuredMonitor.IMAGES;
import static io.oodmonitor.metrics.MeasuredMonitor.PATIENCE;
import static io.oodmonitor.metrics.MeasuredMonitor.UNLABELLED;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.calibration.KolmogorovSmirnov;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.PrometheusServer;
import io.oodmonitor.harness.RunningMonitor;
import io.oodmonitor.stream.processor.DeadLetterProcessor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus knows of a monitor on a real broker is what stands on the topics. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class MetricsIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

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

    private static Map<String, Double> count(Stream<String> names) {
        return names.collect(groupingBy(Function.identity(), TreeMap::new,
                collectingAndThen(counting(), Long::doubleValue)));
    }

    @Test
    void shouldCountTheVerdictsOnTheTopic() throws Exception {
        Map<String, Double> expected = count(monitor.verdicts().stream().map(verdict -> verdict.getVerdict().name()));
        assertThat(expected).containsKeys("IN_DISTRIBUTION", "OUT_OF_DISTRIBUTION");
        for (Verdict verdict : Verdict.values()) {
            expected.putIfAbsent(verdict.name(), 0.0);
        }
        assertThat(monitor.series("sum by (verdict) (ood_images_total)", "verdict")).isEqualTo(expected);
        assertThat(monitor.series("sum by (model_version) (ood_images_total)", "model_version"))
                .containsExactly(Map.entry("1", (double) IMAGES));
    }

    @Test
    void shouldCountTheSourcesBeyondTheFirstFiftyAsOther() throws Exception {
        Map<String, Double> expected = count(monitor.verdicts().stream().map(OodScore::getSource));
        Map<String, Double> counted = monitor.series("sum by (source) (ood_images_total)", "source");
        double others = counted.remove("other");

        assertThat(counted).hasSize(VerdictCounters.MOST_SOURCES);
        assertThat(expected).containsAllEntriesOf(counted);
        expected.keySet().removeAll(counted.keySet());
        assertThat(others).isEqualTo(expected.values().stream().mapToDouble(Double::doubleValue).sum()).isPositive();
    }

    @Test
    void shouldCountTheDeadLettersOnTheTopic() throws Exception {
        RunningMonitor running = monitor.running();
        try (CommittedRecords<byte[], byte[]> letters = running.committed(running.topics().deadLetters())) {
            Map<String, Double> expected = count(letters.awaitCount(BROKEN + UNLABELLED, PATIENCE).stream()
                    .map(letter -> new String(letter.headers().lastHeader(DeadLetterProcessor.REASON_HEADER).value(),
                            StandardCharsets.UTF_8)));
            assertThat(monitor.series("ood_dead_letters_total > 0", "reason")).isEqualTo(expected).hasSize(2);
        }
    }

    @Test
    void shouldHaveTheScoresOnTheTopicInItsHistogram() throws Exception {
        Map<String, Double> buckets = monitor.series("ood_score_bucket", "le");
        assertThat(buckets).hasSizeGreaterThan(15).allSatisfy((bound, images) -> assertThat(images).as(bound)
                .isEqualTo(monitor.verdicts().stream().filter(verdict -> bound.equals("+Inf")
                        || verdict.getScore() <= Double.parseDouble(bound)).count()));
        assertThat(prometheus.value("ood_score_sum"))
                .isCloseTo(monitor.verdicts().stream().mapToDouble(OodScore::getScore).sum(), within(1e-3));
    }

    @Test
    void shouldTellTheThresholdInForceAndHowFarScoresAreFromIt() throws Exception {
        assertThat(prometheus.value("ood_threshold")).isEqualTo(monitor.threshold().getThreshold());
        assertThat(prometheus.value("ood_calibration_samples")).isEqualTo(CALIBRATION);
        assertThat(prometheus.value("ood_target_false_alarm_rate")).isEqualTo(0.05);
        assertThat(prometheus.value("time() - ood_calibration_age_seconds"))
                .isCloseTo(monitor.threshold().getUpdatedAt().toEpochMilli() / 1e3, within(3.0));
        assertThat(prometheus.value("ood_score_ks")).isCloseTo(KolmogorovSmirnov.distance(
                monitor.verdicts().stream().mapToDouble(OodScore::getScore).toArray(),
                monitor.threshold().getQuantiles().stream().mapToDouble(Double::doubleValue).toArray()), within(1e-9));
    }

    @Test
    void shouldTellOfBatchesAndOfWhatWaits() throws Exception {
        assertThat(prometheus.value("ood_batch_size_sum")).isEqualTo(IMAGES + CALIBRATION + UNLABELLED);
        assertThat(prometheus.value("ood_batch_size_count"))
                .isEqualTo(monitor.running().monitor().statistics().batches())
                .isEqualTo(prometheus.value("ood_inference_seconds_count"))
                .isEqualTo(prometheus.value("ood_batch_wait_seconds_count"));
        assertThat(prometheus.value("ood_captured_to_verdict_seconds_count")).isEqualTo(IMAGES);
        assertThat(prometheus.value("ood_ready")).isEqualTo(1);
        assertThat(monitor.series("ood_lag_images", "input")).isEqualTo(Map.of("images", 0.0, "calibration", 0.0));
        for (String nothing : List.of("ood_pending_images", "ood_oldest_pending_seconds", "ood_in_flight_batches",
                "ood_in_flight_bytes")) {
            assertThat(prometheus.value(nothing)).as(nothing).isZero();
        }
    }
}
