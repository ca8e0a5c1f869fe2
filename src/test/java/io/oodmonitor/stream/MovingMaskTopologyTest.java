package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.detector.Energy;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.scoring.Score;
import io.oodmonitor.stream.state.CalibrationSample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;

/** What scores, verdicts and thresholds say as the mask moves. */
class MovingMaskTopologyTest extends MovingMaskTopology {

    @Test
    void shouldPublishANewMaskAndTheThresholdOfTheWholeWindowInOneRecordWhenFeaturesDrift() throws Exception {
        try (TopologyFixture stream = start()) {
            List<byte[]> red = images(19, RED);
            calibrate(stream, red.subList(0, 18));
            assertThat(stream.thresholds.isEmpty()).isTrue();
            calibrate(stream, red.subList(18, 19));
            KeyValue<String, OodThreshold> first = stream.thresholds.readKeyValue();
            assertThat(first.key).isEqualTo(KEY);
            assertThat(first.value.getVersion()).isEqualTo(1);
            assertThat(masksDiffer(mean(red), bundle.featureMean())).isTrue();
            expect(first.value, "dice@50#1", mean(red), red);

            List<byte[]> blue = images(19, BLUE);
            calibrate(stream, blue);
            KeyValue<String, OodThreshold> second = stream.thresholds.readKeyValue();
            assertThat(second.key).isEqualTo(KEY);
            assertThat(second.value.getVersion()).isEqualTo(2);
            assertThat(masksDiffer(mean(both(red, blue)), mean(red))).isTrue();
            expect(second.value, "dice@50#2", mean(both(red, blue)), both(red, blue));
            assertThat(stream.thresholds.isEmpty()).isTrue();
        }
    }

    @Test
    void shouldKeepTheMaskUntilEnoughImagesHaveComeAndWhileItStaysTheSame() throws Exception {
        try (TopologyFixture stream = start()) {
            List<byte[]> red = images(19, RED);
            calibrate(stream, red);
            OodThreshold first = stream.thresholds.readValue();
            List<byte[]> blue = images(18, BLUE);
            calibrate(stream, blue);
            OodThreshold second = stream.thresholds.readValue();
            assertThat(second.getVersion()).isEqualTo(2);
            assertThat(second.getFeatureMean()).isEqualTo(first.getFeatureMean());
            expect(second, "dice@50#1", mean(red), both(red, blue));
        }
        try (TopologyFixture stream = start()) {
            List<byte[]> red = images(19, RED);
            calibrate(stream, red);
            calibrate(stream, red);
            List<OodThreshold> thresholds = stream.thresholds.readValuesToList();
            assertThat(thresholds).extracting(OodThreshold::getVersion).containsExactly(1L, 2L);
            expect(thresholds.get(1), "dice@50#1", mean(red), both(red, red));
        }
    }

    @Test
    void shouldJudgeAScoreOfAnOlderMaskByTheMaskInForceAndScoreWithThatFromThenOn() throws Exception {
        try (TopologyFixture stream = start()) {
            byte[] image = images(1, BLUE).get(0);
            OodScore before = judge(stream, image);
            assertThat(before.getDetectorVersion()).isEqualTo("dice@50#0");
            assertThat(before.getThresholdVersion()).isZero();
            assertThat((double) before.getScore())
                    .isCloseTo(energy(bundle.featureMean()).score(features(image)), within(1e-5));

            List<byte[]> red = images(19, RED);
            calibrate(stream, red);
            OodThreshold threshold = stream.thresholds.readValue();
            assertThat(submit(stream, image).maskVersion()).isZero();
            expect(judge(stream, image), "dice@50#1", mean(red), image, threshold);

            Score now = submit(stream, image);
            assertThat(now.maskVersion()).isEqualTo(1);
            assertThat((double) now.score()).isCloseTo(energy(mean(red)).score(features(image)), within(1e-5));
            expect(judge(stream, image), "dice@50#1", mean(red), image, threshold);
            assertThat(energy(mean(red)).score(features(image)))
                    .isNotCloseTo(energy(bundle.featureMean()).score(features(image)), within(1e-3));
        }
    }

    @Test
    void shouldTakeUpTheMaskThatAnotherInstancePublished() throws Exception {
        try (TopologyFixture stream = start(); TopologyFixture other = start()) {
            List<byte[]> red = images(19, RED);
            calibrate(stream, red);
            OodThreshold threshold = stream.thresholds.readValue();
            other.rawThresholds.pipeInput(KEY, other.thresholdBytes(threshold));
            for (byte[] image : both(images(3, RED), images(3, BLUE))) {
                expect(judge(other, image), "dice@50#1", mean(red), image, threshold);
                assertThat(submit(other, image).maskVersion()).isEqualTo(1);
            }
            calibrate(other, images(1, RED));
            CalibrationSample sample = (CalibrationSample) other.driver.getKeyValueStore("calibration-samples")
                    .get(KEY + "/0");
            assertThat(sample.getMaskVersion()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseADetectorWithoutAMaskInOneSentence() {
        Path energy = folder.resolve("energy");
        BundleWriter.write(TinyBundle.content(new Energy()), energy);
        assertThatThrownBy(() -> Monitor.start(new MonitorConfig(Map.of("bundle", energy.toString(),
                "calibration.update-mask", "true", "bootstrap.servers", "unused:9092"))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("calibration.update-mask must be false for a detector without a mask, but bundle " + energy
                        + " has detector energy#0: leave it out, or fit the bundle with a dice detector");
    }
}
