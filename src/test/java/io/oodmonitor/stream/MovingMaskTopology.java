package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.detector.Dice;
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
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** DICE at 50% whose mask follows the calibration images, on a real network: its features are the colours' doing. */
abstract class MovingMaskTopology {

    static final Map<String, String> SMALL = Map.of(MonitorConfig.CALIBRATION_MINIMUM, "19",
            MonitorConfig.CALIBRATION_WINDOW, "39");
    private static final Dice DICE = new Dice(50);
    static final String KEY = "tiny/1/dice@50";
    static final int[] RED = {230, 30, 30};
    static final int[] BLUE = {30, 30, 230};

    private final Random random = new Random(5);

    @TempDir
    Path folder;
    Bundle bundle;
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

    TopologyFixture start() throws Exception {
        return TopologyFixture.movingMask(bundle, SMALL);
    }

    List<byte[]> images(int count, int[] colour) {
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

    void calibrate(TopologyFixture stream, List<byte[]> images) {
        for (byte[] pixels : images) {
            stream.rawCalibration.pipeInput(null, event(stream, pixels, "bolt"), TopologyFixture.START);
        }
        stream.advance(Duration.ofSeconds(1));
    }

    OodScore judge(TopologyFixture stream, byte[] pixels) {
        stream.rawImages.pipeInput(null, event(stream, pixels, null), TopologyFixture.START);
        return stream.scores.readValue();
    }

    static Score submit(TopologyFixture stream, byte[] pixels) throws Exception {
        RgbImage image = new RgbImage(TinyNetwork.SIZE, TinyNetwork.SIZE, pixels);
        return stream.engine.submit(decoder -> image, pixels.length).get(10, TimeUnit.SECONDS);
    }

    float[] features(byte[] pixels) throws Exception {
        return ((float[][]) graph.images(pixels, 1, TinyNetwork.SIZE, TinyNetwork.SIZE).get(PreparedGraph.FEATURES))[0];
    }

    FeatureMean mean(List<byte[]> images) throws Exception {
        double[] mean = new double[TinyNetwork.FEATURES];
        for (byte[] pixels : images) {
            float[] h = features(pixels);
            for (int j = 0; j < mean.length; j++) {
                mean[j] += h[j] / (double) images.size();
            }
        }
        return new FeatureMean(mean);
    }

    HeadEnergy energy(FeatureMean mean) {
        return HeadEnergy.of(DICE, bundle.head(), mean);
    }

    static List<byte[]> both(List<byte[]> first, List<byte[]> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Every order statistic of the window, the threshold among them, is of scores by the mask of this mean. */
    void expect(OodThreshold threshold, String detectorVersion, FeatureMean mean, List<byte[]> window)
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

    void expect(OodScore score, String detectorVersion, FeatureMean mean, byte[] pixels, OodThreshold threshold)
            throws Exception {
        assertThat(score.getDetectorVersion()).isEqualTo(detectorVersion);
        assertThat((double) score.getScore()).isCloseTo(energy(mean).score(features(pixels)), within(1e-5));
        assertThat(score.getThreshold()).isEqualTo(threshold.getThreshold());
        assertThat(score.getThresholdVersion()).isEqualTo(threshold.getVersion());
        assertThat(score.getVerdict()).isEqualTo(score.getScore() < threshold.getThreshold()
                ? Verdict.OUT_OF_DISTRIBUTION : Verdict.IN_DISTRIBUTION);
    }

    boolean masksDiffer(FeatureMean a, FeatureMean b) {
        return !Arrays.equals(DICE.maskedWeight(bundle.head(), a), DICE.maskedWeight(bundle.head(), b));
    }
}
