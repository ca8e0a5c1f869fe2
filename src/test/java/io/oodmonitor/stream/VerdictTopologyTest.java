package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.Verdict;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class VerdictTopologyTest {

    @Test
    void shouldJudgeByTheThresholdFittedWithTheBundle() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            stream.image("low", "camera", 19, Duration.ZERO);
            stream.image("edge", "camera", 20, Duration.ZERO);
            stream.image("high", "camera", 201, Duration.ZERO);

            List<OodScore> scores = stream.scores.readValuesToList();
            assertThat(scores).extracting(OodScore::getId).containsExactly("low", "edge", "high");
            assertThat(stream.listener.judged).isEqualTo(scores);
            assertThat(scores).extracting(OodScore::getVerdict).containsExactly(Verdict.OUT_OF_DISTRIBUTION,
                    Verdict.IN_DISTRIBUTION, Verdict.IN_DISTRIBUTION);
            OodScore high = scores.get(2);
            assertThat(high.getScore()).isEqualTo(201);
            assertThat(high.getEnergy()).isEqualTo(-201);
            assertThat(high.getThreshold()).isEqualTo(20);
            assertThat(high.getThresholdVersion()).isZero();
            assertThat(high.getPValue()).isEqualTo((1 + 201) / 400.0);
            assertThat(high.getPredictedLabel()).isEqualTo("odd");
            assertThat(high.getPredictedIndex()).isEqualTo(1);
            assertThat(high.getConfidence()).isEqualTo(0.5f);
            assertThat(high.getModel()).isEqualTo("pixels");
            assertThat(high.getModelVersion()).isEqualTo("1");
            assertThat(high.getDetectorVersion()).isEqualTo("energy#0");
            assertThat(high.getSource()).isEqualTo("camera");
            assertThat(high.getCapturedAt()).isEqualTo(TopologyFixture.START);
        }
    }

    @Test
    void shouldSendOnlyImagesOutOfDistributionToTheAlerts() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            for (int score = 0; score < 40; score++) {
                stream.image("i" + score, "camera", score, Duration.ZERO);
            }
            List<OodScore> alerts = stream.alerts.readValuesToList();
            assertThat(alerts).hasSize(20)
                    .allMatch(alert -> alert.getVerdict() == Verdict.OUT_OF_DISTRIBUTION && alert.getScore() < 20);
            assertThat(stream.listener.flagged).isEqualTo(alerts);
            assertThat(stream.listener.flaggedImages).extracting(ImageEvent::getId)
                    .containsExactlyElementsOf(alerts.stream().map(OodScore::getId).toList());
            assertThat(stream.scores.getQueueSize()).isEqualTo(40);
        }
    }

    @Test
    void shouldSayUncalibratedWhileThereIsNoThreshold() throws Exception {
        try (TopologyFixture stream = TopologyFixture.uncalibrated()) {
            stream.image("i", "camera", 5, Duration.ZERO);
            OodScore score = stream.scores.readValue();
            assertThat(score.getVerdict()).isEqualTo(Verdict.UNCALIBRATED);
            assertThat(score.getThreshold()).isNull();
            assertThat(score.getPValue()).isNull();
            assertThat(score.getThresholdVersion()).isEqualTo(-1);
            assertThat(score.getScore()).isEqualTo(5);
            assertThat(stream.alerts.isEmpty()).isTrue();
        }
    }

    @Test
    void shouldKeepKeyHeadersAndTimestampOfTheImage() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            byte[] event = stream.bytes(stream.event("i", "camera", 5).build());
            RecordHeaders headers = new RecordHeaders();
            headers.add("traceparent", new byte[] {1, 2});
            stream.rawImages.pipeInput(new TestRecord<>(new byte[] {9}, event, headers, 1_234_567L));
            TestRecord<byte[], OodScore> verdict = stream.scores.readRecord();
            assertThat(verdict.key()).containsExactly(9);
            assertThat(verdict.timestamp()).isEqualTo(1_234_567L);
            assertThat(verdict.headers().lastHeader("traceparent").value()).containsExactly(1, 2);
        }
    }
}
