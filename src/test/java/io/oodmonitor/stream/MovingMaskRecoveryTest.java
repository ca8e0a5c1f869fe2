package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.stream.state.CalibrationSample;
import io.oodmonitor.stream.state.CalibrationState;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;

/** Masks, windows and versions through a restart, the loss of state, and a change of the setting. */
class MovingMaskRecoveryTest extends MovingMaskTopology {

    @Test
    void shouldGoOnWithMaskWindowAndVersionsWhenItIsStartedAgain() throws Exception {
        List<byte[]> red = images(19, RED);
        List<byte[]> blue = images(19, BLUE);
        List<KeyValue<String, CalibrationSample>> samples = new ArrayList<>();
        CalibrationState state;
        OodThreshold first;
        try (TopologyFixture stream = start()) {
            calibrate(stream, red);
            calibrate(stream, blue.subList(0, 10));
            first = stream.thresholds.readValuesToList().get(1);
            stream.driver.<String, CalibrationSample>getKeyValueStore("calibration-samples").all()
                    .forEachRemaining(samples::add);
            state = stream.driver.<String, CalibrationState>getKeyValueStore("calibration-states").get(KEY);
        }
        try (TopologyFixture stream = start()) {
            stream.rawThresholds.pipeInput(KEY, stream.thresholdBytes(first));
            stream.driver.<String, CalibrationSample>getKeyValueStore("calibration-samples").putAll(samples);
            stream.driver.<String, CalibrationState>getKeyValueStore("calibration-states").put(KEY, state);
            byte[] image = images(1, BLUE).get(0);
            expect(judge(stream, image), "dice@50#1", mean(red), image, first);
            calibrate(stream, blue.subList(10, 11));
            OodThreshold next = stream.thresholds.readValue();
            assertThat(next.getVersion()).isEqualTo(3);
            expect(next, "dice@50#1", mean(red), both(red, blue.subList(0, 11)));
            calibrate(stream, blue.subList(11, 19));
            OodThreshold last = stream.thresholds.readValue();
            assertThat(last.getVersion()).isEqualTo(4);
            expect(last, "dice@50#2", mean(both(red, blue)), both(red, blue));
        }
    }

    @Test
    void shouldContinueVersionsAndMasksOfThePublishedRecordWhenItsOwnStateIsLost() throws Exception {
        List<byte[]> red = images(19, RED);
        List<byte[]> blue = images(19, BLUE);
        OodThreshold published;
        try (TopologyFixture stream = start()) {
            calibrate(stream, red);
            published = OodThreshold.newBuilder(stream.thresholds.readValue()).setVersion(41)
                    .setDetectorVersion("dice@50#7").build();
        }
        try (TopologyFixture stream = start()) {
            stream.rawThresholds.pipeInput(KEY, stream.thresholdBytes(published));
            calibrate(stream, red);
            OodThreshold same = stream.thresholds.readValue();
            assertThat(same.getVersion()).isEqualTo(42);
            expect(same, "dice@50#7", mean(red), red);
            calibrate(stream, blue);
            OodThreshold moved = stream.thresholds.readValue();
            assertThat(moved.getVersion()).isEqualTo(43);
            expect(moved, "dice@50#8", mean(both(red, blue)), both(red, blue));
        }
    }

    @Test
    void shouldScoreItsWindowWithALaterMaskThatIsPublished() throws Exception {
        try (TopologyFixture stream = start(); TopologyFixture other = start()) {
            List<byte[]> red = images(19, RED);
            List<byte[]> blue = images(19, BLUE);
            calibrate(other, blue);
            OodThreshold later = OodThreshold.newBuilder(other.thresholds.readValue()).setVersion(9)
                    .setDetectorVersion("dice@50#5").build();
            calibrate(stream, red);
            stream.thresholds.readValue();
            stream.rawThresholds.pipeInput(KEY, stream.thresholdBytes(later));
            byte[] last = images(1, RED).get(0);
            calibrate(stream, List.of(last));
            OodThreshold next = stream.thresholds.readValue();
            assertThat(next.getVersion()).isEqualTo(10);
            expect(next, "dice@50#5", mean(blue), both(red, List.of(last)));
        }
    }

    @Test
    void shouldJudgeByTheThresholdFromBeforeTheMaskCouldMoveUntilItDoes() throws Exception {
        OodThreshold fixed;
        List<byte[]> red = images(19, RED);
        byte[] image = images(1, BLUE).get(0);
        try (TopologyFixture stream = TopologyFixture.fixedMask(bundle, SMALL)) {
            calibrate(stream, red);
            KeyValue<String, OodThreshold> published = stream.thresholds.readKeyValue();
            fixed = published.value;
            assertThat(published.key).isEqualTo("tiny/1/dice@50#0");
            assertThat(fixed.getDetectorVersion()).isEqualTo("dice@50#0");
            assertThat(fixed.getFeatureMean()).isNull();
            assertThat(submit(stream, image).features()).isEmpty();
        }
        try (TopologyFixture stream = start()) {
            stream.rawThresholds.pipeInput("tiny/1/dice@50#0", stream.thresholdBytes(fixed));
            expect(judge(stream, image), "dice@50#0", bundle.featureMean(), image, fixed);
            calibrate(stream, red);
            OodThreshold moved = stream.thresholds.readValue();
            assertThat(moved.getVersion()).isEqualTo(2);
            expect(judge(stream, image), "dice@50#1", mean(red), image, moved);
        }
    }

    @Test
    void shouldLeaveAMovedMaskAloneWhereTheSettingIsOff() throws Exception {
        try (TopologyFixture stream = start(); TopologyFixture fixed = TopologyFixture.fixedMask(bundle, SMALL)) {
            calibrate(stream, images(19, RED));
            OodThreshold moved = stream.thresholds.readValue();
            fixed.rawThresholds.pipeInput(KEY, fixed.thresholdBytes(moved));
            byte[] image = images(1, BLUE).get(0);
            OodScore score = judge(fixed, image);
            assertThat(score.getDetectorVersion()).isEqualTo("dice@50#0");
            assertThat(score.getThresholdVersion()).isZero();
            assertThat((double) score.getScore())
                    .isCloseTo(energy(bundle.featureMean()).score(features(image)), within(1e-5));
            calibrate(fixed, images(19, RED));
            assertThat(fixed.thresholds.readValue().getVersion()).isEqualTo(2);
        }
    }

    @Test
    void shouldGoBackToTheFittedMaskButNotToItsVersionsWhenThePublishedOneIsDeleted() throws Exception {
        try (TopologyFixture stream = start()) {
            List<byte[]> red = images(19, RED);
            calibrate(stream, red);
            stream.rawThresholds.pipeInput(KEY, null);
            byte[] image = images(1, BLUE).get(0);
            OodScore score = judge(stream, image);
            assertThat(score.getDetectorVersion()).isEqualTo("dice@50#0");
            assertThat(score.getThresholdVersion()).isZero();
            calibrate(stream, images(19, BLUE));
            OodThreshold next = stream.thresholds.readValuesToList().get(1);
            assertThat(next.getDetectorVersion()).isEqualTo("dice@50#2");
            assertThat(next.getVersion()).isEqualTo(2);
        }
    }
}
