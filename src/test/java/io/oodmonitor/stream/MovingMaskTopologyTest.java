package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.detector.Dice;
import io.oodmonitor.detector.Energy;
import io.oodmonitor.detector.HeadEnergy;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.image.RgbImage;
import io.oodmonitor.onnx.GraphRun;
import io.oodmonitor.onnx.PreparedGraph;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.scoring.Score;
import io.oodmonitor.stream.state.CalibrationSample;
import io.oodmonitor.stream.state.CalibrationState;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DICE at 50% whose mask follows the calibration images, on a real network: its features are the colours' doing. */
class MovingMaskTopologyTest {

    private static final Map<String, String> SMALL = Map.of(MonitorConfig.CALIBRATION_MINIMUM, "19",
            MonitorConfig.CALIBRATION_WINDOW, "39");
    private static final Dice DICE = new Dice(50);
    private static final String KEY = "tiny/1/dice@50";
    private static final int[] RED = {230, 30, 30};
    private static final int[] BLUE = {30, 30, 230};

    private final Random random = new Random(5);

    @TempDir
    private Path folder;
    private Bundle bundle;
    private GraphRun graph;

    @BeforeEach
    void open() throws Exception {
        bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny"));
        graph = new GraphRun(TinyBundle.content().graph());
    }

    @AfterEach
    void close() throws Exception {
        graph.close();
    }

    private TopologyFixture start() throws Exception {
        return TopologyFixture.movingMask(bundle, SMALL);
    }

    private List<byte[]> images(int count, int[] colour) {
        return Stream.generate(() -> {
            byte[] pixels = new byte[TinyNetwork.SIZE * TinyNetwork.SIZE * 3];
            int light = random.nextInt(20);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (colour[i % 3] + light - random.nextInt(20));
            }
            return pixels;
        }).limit(count).toList();
    }

    private byte[] event(TopologyFixture stream, byte[] pixels, String label) {
        return stream.bytes(stream.event("i", "camera", 0).setHeight(TinyNetwork.SIZE).setWidth(TinyNetwork.SIZE)
                .setImage(ByteBuffer.wrap(pixels)).setLabel(label).build());
    }

    private void calibrate(TopologyFixture stream, List<byte[]> images) {
        for (byte[] pixels : images) {
            stream.rawCalibration.pipeInput(null, event(stream, pixels, "bolt"), TopologyFixture.START);
        }
        stream.advance(Duration.ofSeconds(1));
    }

    private OodScore judge(TopologyFixture stream, byte[] pixels) {
        stream.rawImages.pipeInput(null, event(stream, pixels, null), TopologyFixture.START);
        return stream.scores.readValue();
    }

    private static Score submit(TopologyFixture stream, byte[] pixels) throws Exception {
        RgbImage image = new RgbImage(TinyNetwork.SIZE, TinyNetwork.SIZE, pixels);
        return stream.engine.submit(decoder -> image, pixels.length).get(10, TimeUnit.SECONDS);
    }

    private float[] features(byte[] pixels) throws Exception {
        return ((float[][]) graph.images(pixels, 1, TinyNetwork.SIZE, TinyNetwork.SIZE).get(PreparedGraph.FEATURES))[0];
    }

    private FeatureMean mean(List<byte[]> images) throws Exception {
        double[] mean = new double[TinyNetwork.FEATURES];
        for (byte[] pixels : images) {
            float[] h = features(pixels);
            for (int j = 0; j < mean.length; j++) {
                mean[j] += h[j] / (double) images.size();
            }
        }
        return new FeatureMean(mean);
    }

    private HeadEnergy energy(FeatureMean mean) {
        return HeadEnergy.of(DICE, bundle.head(), mean);
    }

    private static List<byte[]> both(List<byte[]> first, List<byte[]> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Every order statistic of the window, the threshold among them, is of scores by the mask of this mean. */
    private void expect(OodThreshold threshold, String detectorVersion, FeatureMean mean, List<byte[]> window)
            throws Exception {
        assertThat(threshold.getDetectorVersion()).isEqualTo(detectorVersion);
        double[] scores = new double[window.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = energy(mean).score(features(window.get(i)));
        }
        Arrays.sort(scores);
        assertThat(threshold.getSamples()).isEqualTo(scores.length);
        assertThat(threshold.getThreshold()).isCloseTo(scores[threshold.getRank() - 1], within(1e-5));
        assertThat(doubles(threshold.getQuantiles())).containsExactly(scores, within(1e-5));
        assertThat(doubles(threshold.getFeatureMean())).containsExactly(mean.values(), within(1e-6));
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void expect(OodScore score, String detectorVersion, FeatureMean mean, byte[] pixels, OodThreshold threshold)
            throws Exception {
        assertThat(score.getDetectorVersion()).isEqualTo(detectorVersion);
        assertThat((double) score.getScore()).isCloseTo(energy(mean).score(features(pixels)), within(1e-5));
        assertThat(score.getThreshold()).isEqualTo(threshold.getThreshold());
        assertThat(score.getThresholdVersion()).isEqualTo(threshold.getVersion());
        assertThat(score.getVerdict()).isEqualTo(score.getScore() < threshold.getThreshold()
                ? Verdict.OUT_OF_DISTRIBUTION : Verdict.IN_DISTRIBUTION);
    }

    private boolean masksDiffer(FeatureMean a, FeatureMean b) {
        return !Arrays.equals(DICE.maskedWeight(bundle.head(), a), DICE.maskedWeight(bundle.head(), b));
    }

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
