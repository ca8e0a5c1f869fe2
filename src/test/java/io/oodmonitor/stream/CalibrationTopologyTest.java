package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;

class CalibrationTopologyTest {

    private static final Map<String, String> SMALL = Map.of(MonitorConfig.CALIBRATION_MINIMUM, "19",
            MonitorConfig.CALIBRATION_WINDOW, "39");

    @Test
    void shouldPublishTheConformalThresholdOnceThereAreEnoughSamples() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated(SMALL)) {
            for (int score = 101; score < 119; score++) {
                stream.calibrationImage(score, score % 2 == 0 ? "even" : "odd");
            }
            stream.advance(Duration.ofSeconds(2));
            assertThat(stream.thresholds.isEmpty()).isTrue();

            stream.calibrationImage(119, "even");
            stream.advance(Duration.ofSeconds(2));
            KeyValue<String, OodThreshold> published = stream.thresholds.readKeyValue();
            assertThat(stream.thresholds.isEmpty()).isTrue();
            assertThat(published.key).isEqualTo("pixels/1/energy#0");
            OodThreshold threshold = published.value;
            assertThat(threshold.getVersion()).isEqualTo(1);
            assertThat(threshold.getThreshold()).isEqualTo(101);
            assertThat(threshold.getRank()).isEqualTo(1);
            assertThat(threshold.getSamples()).isEqualTo(19);
            assertThat(threshold.getAccuracy()).isEqualTo(18 / 19.0);
            assertThat(threshold.getTargetFalseAlarmRate()).isEqualTo(0.05);
            assertThat(threshold.getQuantiles()).hasSize(19).startsWith(101.0).endsWith(119.0);
        }
    }

    @Test
    void shouldJudgeByThePublishedThresholdFromThenOn() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated(SMALL)) {
            stream.image("before", "camera", 100, Duration.ZERO);
            for (int i = 0; i < 19; i++) {
                stream.calibrationImage(101 + i, "odd");
            }
            stream.advance(Duration.ofSeconds(1));
            stream.image("after", "camera", 100, Duration.ZERO);
            List<OodScore> scores = stream.scores.readValuesToList();
            assertThat(scores).extracting(OodScore::getVerdict)
                    .containsExactly(Verdict.IN_DISTRIBUTION, Verdict.OUT_OF_DISTRIBUTION);
            assertThat(scores).extracting(OodScore::getThresholdVersion).containsExactly(0L, 1L);
            assertThat(scores.get(1).getPValue()).isEqualTo(1 / 20.0);
        }
    }

    @Test
    void shouldForgetTheOldestSamplesAndCountVersionsUp() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated(SMALL)) {
            for (int i = 0; i < 39; i++) {
                stream.calibrationImage(10, "even");
            }
            stream.advance(Duration.ofSeconds(1));
            for (int i = 0; i < 39; i++) {
                stream.calibrationImage(100, "even");
            }
            stream.advance(Duration.ofSeconds(1));
            List<OodThreshold> thresholds = stream.thresholds.readValuesToList();
            assertThat(thresholds).extracting(OodThreshold::getVersion).containsExactly(1L, 2L);
            assertThat(thresholds).extracting(OodThreshold::getThreshold).containsExactly(10.0, 100.0);
            assertThat(thresholds.get(1).getRank()).isEqualTo(2);
            assertThat(stream.driver.getKeyValueStore("calibration-samples").approximateNumEntries()).isEqualTo(39);
        }
    }

    @Test
    void shouldNotPublishAgainWhileNothingChanges() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated(SMALL)) {
            for (int i = 0; i < 30; i++) {
                stream.calibrationImage(10, "even");
            }
            stream.advance(Duration.ofSeconds(10));
            assertThat(stream.thresholds.getQueueSize()).isEqualTo(1);
        }
    }

    @Test
    void shouldLeaveThresholdsOfOtherDetectorsAlone() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated(SMALL);
                TopologyFixture other = TopologyFixture.calibrated(SMALL)) {
            for (int i = 0; i < 19; i++) {
                other.calibrationImage(200, "even");
            }
            other.advance(Duration.ofSeconds(1));
            OodThreshold threshold = other.thresholds.readValue();
            assertThat(threshold.getThreshold()).isEqualTo(200);

            stream.rawThresholds.pipeInput("pixels/2/energy#0", stream.thresholdBytes(threshold));
            stream.rawThresholds.pipeInput("pixels/1/dice@90#0", stream.thresholdBytes(threshold));
            stream.image("a", "camera", 100, Duration.ZERO);
            assertThat(stream.scores.readValue().getThresholdVersion()).isZero();

            stream.rawThresholds.pipeInput("pixels/1/energy#0", stream.thresholdBytes(threshold));
            stream.image("b", "camera", 100, Duration.ZERO);
            assertThat(stream.scores.readValue().getThreshold()).isEqualTo(200);
        }
    }

    @Test
    void shouldContinueTheVersionsOfThePublishedThresholdsWhenItsOwnStateIsLost() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated(SMALL)) {
            for (int i = 0; i < 19; i++) {
                stream.calibrationImage(50, "even");
            }
            stream.advance(Duration.ofSeconds(1));
            OodThreshold first = stream.thresholds.readValue();
            stream.rawThresholds.pipeInput("pixels/1/energy#0",
                    stream.thresholdBytes(OodThreshold.newBuilder(first).setVersion(41).build()));
            stream.calibrationImage(50, "even");
            stream.advance(Duration.ofSeconds(1));
            assertThat(stream.thresholds.readValuesToList()).extracting(OodThreshold::getVersion).endsWith(42L);
        }
    }

    @Test
    void shouldFallBackToTheFittedThresholdWhenThePublishedOneIsDeleted() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated(SMALL)) {
            for (int i = 0; i < 19; i++) {
                stream.calibrationImage(50, "even");
            }
            stream.advance(Duration.ofSeconds(1));
            stream.rawThresholds.pipeInput("pixels/1/energy#0", null);
            stream.image("a", "camera", 30, Duration.ZERO);
            assertThat(stream.scores.readValue().getThresholdVersion()).isZero();
        }
    }
}
