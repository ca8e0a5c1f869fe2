package io.oodmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.calibration.ConformalRank;
import io.oodmonitor.calibration.PredictiveInterval;
import io.oodmonitor.dataset.Dataset;
import io.oodmonitor.dataset.Payload;
import io.oodmonitor.dataset.Sample;
import io.oodmonitor.detector.Detector;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.evaluation.DetectionMetrics;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.fit.Classifier;
import io.oodmonitor.fit.FitPlan;
import io.oodmonitor.fit.Fitter;
import io.oodmonitor.inference.Samples;
import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.RunningMonitor;
import io.oodmonitor.image.Framing;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.onnx.Normalization;
import io.oodmonitor.stream.MonitorConfig;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * CIFAR-10 and four sets of other images through the running topology and a real broker: the scores are PyTorch's, the
 * false alarms what was promised, every image comes out once.
 */
class RealImagesIT {

    private static final int CALIBRATION = 1_000;
    /** Test images to judge: GoldenEvaluationIT has the scores of all. */
    private static final int IMAGES = 3_000;
    /** Of each other set, of which textures has fewer. */
    private static final int OTHERS = 500;
    private static final int TEXTURES = 150;
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    @TempDir
    private Path folder;

    @Test
    void shouldScoreRealImagesAsPyTorchDoesAndKeepItsPromises() throws Exception {
        Path model = SharedData.require("models/densenet-cifar10.onnx");
        Path test = SharedData.require("data/cifar10/test_batch.bin");
        Dataset cifar = Dataset.open(test);
        Map<String, Dataset> others = Map.of(
                "textures", Dataset.open(SharedData.require("data/textures")),
                "tiny-imagenet-32", Dataset.open(SharedData.require("data/tiny-imagenet-32")),
                "notmnist", Dataset.open(SharedData.require("data/glyphs/notmnist-images-idx3-ubyte.gz")),
                "mnist", Dataset.open(SharedData.require("data/glyphs/mnist-images-idx3-ubyte.gz")));
        Path bundle = fit(model, cifar.classNames());

        try (RunningMonitor running = new RunningMonitor(KAFKA, folder, bundle, Map.of(
                        MonitorConfig.CALIBRATION_WINDOW, Integer.toString(CALIBRATION),
                        MonitorConfig.CALIBRATION_MINIMUM, Integer.toString(CALIBRATION)));
                KafkaProducer<byte[], ImageEvent> producer = running.producer();
                CommittedRecords<byte[], OodScore> records =
                        running.committed(running.topics().scores(), OodScore.class)) {
            running.start();
            OodThreshold threshold = calibrate(running, producer, cifar);
            String images = running.topics().images();
            int sent = send(producer, images, cifar.samples(CALIBRATION, IMAGES), "cifar");
            for (Map.Entry<String, Dataset> set : others.entrySet()) {
                sent += send(producer, images, set.getValue().samples(0, OTHERS), set.getKey());
            }
            records.awaitCount(sent, PATIENCE);
            List<OodScore> scores = records.awaitEnd(PATIENCE).stream().map(ConsumerRecord::value).toList();

            assertThat(scores).extracting(OodScore::getId).doesNotHaveDuplicates().hasSize(sent);
            assertThat(deadLetters(running)).isEmpty();
            checkScores(scores);
            checkFalseAlarms(scores, threshold);
            checkTables(scores);
        }
    }

    private Path fit(Path model, List<String> classes) throws Exception {
        Path mean = SharedData.require("models/densenet-cifar10-feature-mean.npy");
        FitPlan plan = new FitPlan("densenet-cifar10", Optional.empty(), Classifier.of(model,
                Framing.resizeThenCrop(32, 32, 32, Interpolation.BILINEAR),
                Normalization.rgb(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010))), classes,
                Optional.empty(), Detector.parse("dice@90"), Optional.of(FeatureMean.read(mean)), 1, 0.05, 1, 0);
        Dataset training = Dataset.open(SharedData.require("data/cifar10/train_first_5000.bin"));
        Samples samples = Samples.of(training, 0, 600);
        return BundleWriter.write(new Fitter(plan, (phase, count) -> { }, Clock.systemUTC()).fit(samples).content(),
                folder.resolve("densenet-cifar10")).folder();
    }

    private static OodThreshold calibrate(RunningMonitor running, KafkaProducer<byte[], ImageEvent> producer,
                                          Dataset cifar) {
        try (Stream<Sample> samples = cifar.samples(0, CALIBRATION)) {
            samples.forEach(sample -> producer.send(new ProducerRecord<>(running.topics().calibrationImages(),
                    event(sample, "calibration").setLabel(sample.label().orElseThrow()).build())));
        }
        try (CommittedRecords<byte[], OodThreshold> thresholds =
                running.committed(running.topics().thresholds(), OodThreshold.class)) {
            OodThreshold threshold = thresholds.awaitCount(1, PATIENCE).get(0).value();
            assertThat(threshold.getSamples()).isEqualTo(CALIBRATION);
            return threshold;
        }
    }

    private static ImageEvent.Builder event(Sample sample, String source) {
        ImageEvent.Builder event = ImageEvent.newBuilder().setId(source + "/" + sample.id()).setSource(source)
                .setCapturedAt(Instant.now()).setImage(ByteBuffer.wrap(sample.payload().bytes()));
        return sample.payload() instanceof Payload.Rgb8 raw
                ? event.setEncoding(ImageEncoding.RGB8).setHeight(raw.height()).setWidth(raw.width())
                : event.setEncoding(ImageEncoding.ENCODED);
    }

    private static int send(KafkaProducer<byte[], ImageEvent> producer, String topic, Stream<Sample> samples,
                            String source) {
        int[] sent = {0};
        try (samples) {
            samples.forEach(sample -> {
                producer.send(new ProducerRecord<>(topic, Integer.toString(sent[0]).getBytes(),
                        event(sample, source).build()));
                sent[0]++;
            });
        }
        return sent[0];
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(RunningMonitor running) {
        try (CommittedRecords<byte[], byte[]> letters = running.committed(running.topics().deadLetters())) {
            return letters.awaitEnd(PATIENCE);
        }
    }

    private static void checkScores(List<OodScore> scores) throws Exception {
        Map<String, Double> golden = new HashMap<>();
        golden(golden, "golden/densenet-cifar10.test_batch.csv", "cifar/test_batch.bin/");
        golden(golden, "golden/densenet-cifar10.textures.csv", "textures/");
        double worst = 0;
        int compared = 0;
        for (OodScore score : scores) {
            Double expected = golden.get(score.getId());
            if (expected != null) {
                compared++;
                worst = Math.max(worst, Math.abs(expected - score.getScore()));
                assertThat((double) score.getScore()).as(score.getId()).isCloseTo(expected, within(2e-3));
            }
        }
        System.out.printf("Real images: %d scores compared with PyTorch's, largest difference %.2g%n", compared, worst);
        assertThat(compared).isEqualTo(IMAGES + TEXTURES);
    }

    private static void golden(Map<String, Double> golden, String file, String prefix) throws Exception {
        List<String> lines = Files.readAllLines(SharedData.require(file));
        int column = List.of(lines.get(0).split(",")).indexOf("dice-p90");
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            golden.put(prefix + cells[0], Double.valueOf(cells[column]));
        }
    }

    private static void checkFalseAlarms(List<OodScore> scores, OodThreshold threshold) {
        long flagged = scores.stream().filter(score -> score.getSource().equals("cifar")
                && score.getVerdict() == Verdict.OUT_OF_DISTRIBUTION).count();
        PredictiveInterval interval = new ConformalRank(threshold.getRank(), threshold.getSamples())
                .flagged(IMAGES).interval(0.99);
        System.out.printf("Real images: %d of %d in-distribution images flagged, expected %d to %d%n",
                flagged, IMAGES, interval.low(), interval.high());
        assertThat(flagged).isBetween(interval.low(), interval.high());
        assertThat(scores).allMatch(score -> score.getThresholdVersion() == threshold.getVersion());
    }

    /** Of a part of the images, so near the table of all and not equal to it. */
    private static void checkTables(List<OodScore> scores) {
        Map<String, double[]> auroc = Map.of("textures", new double[] {89.51, 1},
                "tiny-imagenet-32", new double[] {96.34, 1}, "notmnist", new double[] {95.38, 1},
                "mnist", new double[] {99.94, 0.2});
        double[] id = of(scores, "cifar");
        auroc.forEach((set, expected) -> {
            DetectionMetrics metrics = DetectionMetrics.of(id, of(scores, set));
            System.out.printf("Real images: %s AUROC %.2f, FPR95 %.2f%n", set, 100 * metrics.auroc(),
                    100 * metrics.fpr95());
            assertThat(100 * metrics.auroc()).as(set).isCloseTo(expected[0], within(expected[1]));
        });
    }

    private static double[] of(List<OodScore> scores, String source) {
        return scores.stream().filter(score -> score.getSource().equals(source)).mapToDouble(OodScore::getScore)
                .toArray();
    }
}
