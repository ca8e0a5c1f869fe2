package io.oodmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.RunningMonitor;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.MonitorConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A mask that follows the calibration images, on a real broker: through a restart, and in a second instance. */
@Timeout(180)
class MovingMaskIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final int SIDE = TinyNetwork.SIZE;
    private static final int[] RED = {230, 30, 30};
    private static final int[] BLUE = {30, 30, 230};

    private final Random random = new Random(17);

    @TempDir
    private Path folder;

    private ImageEvent image(int[] colour, String label) {
        byte[] pixels = new byte[SIDE * SIDE * 3];
        int light = random.nextInt(20);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (colour[i % 3] + light - random.nextInt(20));
        }
        return ImageEvent.newBuilder().setId("i").setSource("camera").setCapturedAt(Instant.now())
                .setEncoding(ImageEncoding.RGB8).setHeight(SIDE).setWidth(SIDE).setImage(ByteBuffer.wrap(pixels))
                .setLabel(label).build();
    }

    private void calibrate(RunningMonitor running, KafkaProducer<byte[], ImageEvent> producer, int[] colour, int images) {
        for (int i = 0; i < images; i++) {
            producer.send(new ProducerRecord<>(running.topics().calibrationImages(), image(colour, "bolt")));
        }
        producer.flush();
    }

    private static OodThreshold awaitSamples(CommittedRecords<byte[], OodThreshold> thresholds, int samples) {
        List<ConsumerRecord<byte[], OodThreshold>> read = thresholds.await("a threshold from " + samples + " samples",
                records -> !records.isEmpty()
                        && records.get(records.size() - 1).value().getSamples() == samples, PATIENCE);
        return read.get(read.size() - 1).value();
    }

    /** Judges an image on every partition, until all verdicts are by this threshold: it takes a moment to arrive. */
    private void awaitVerdicts(RunningMonitor running, KafkaProducer<byte[], ImageEvent> producer,
                               CommittedRecords<byte[], OodScore> scores, OodThreshold threshold) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            int before = scores.awaitEnd(PATIENCE).size();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                producer.send(new ProducerRecord<>(running.topics().images(), partition,
                        "k".getBytes(StandardCharsets.UTF_8), image(BLUE, null))).get();
            }
            List<ConsumerRecord<byte[], OodScore>> all = scores.awaitCount(before + PARTITIONS, PATIENCE);
            List<OodScore> verdicts = all.subList(before, all.size()).stream().map(ConsumerRecord::value).toList();
            if (verdicts.stream().allMatch(v -> v.getThresholdVersion() == threshold.getVersion())) {
                assertThat(verdicts).hasSize(PARTITIONS)
                        .allMatch(v -> v.getDetectorVersion().equals(threshold.getDetectorVersion())
                                && v.getThreshold() == threshold.getThreshold());
                return;
            }
            assertThat(System.nanoTime()).as("deadline for verdicts by " + threshold.getDetectorVersion())
                    .isLessThan(deadline);
        }
    }

    /** No verdict names another mask than the threshold of its version. */
    private static void expectNoMixture(List<ConsumerRecord<byte[], OodScore>> scores,
                                        List<ConsumerRecord<byte[], OodThreshold>> thresholds) {
        Map<Long, OodThreshold> versions = new HashMap<>();
        thresholds.forEach(record -> versions.put(record.value().getVersion(), record.value()));
        for (ConsumerRecord<byte[], OodScore> score : scores) {
            OodThreshold threshold = versions.get(score.value().getThresholdVersion());
            assertThat(score.value().getDetectorVersion())
                    .isEqualTo(threshold == null ? "dice@50#0" : threshold.getDetectorVersion());
        }
    }

    @Test
    void shouldKeepTheMaskInForceThroughARestartAndGiveItToAnotherInstance() throws Exception {
        Path bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny")).folder();
        try (RunningMonitor running = new RunningMonitor(KAFKA, folder, bundle, Map.of(
                        MonitorConfig.UPDATE_MASK, "true", MonitorConfig.CALIBRATION_MINIMUM, "50",
                        MonitorConfig.CALIBRATION_WINDOW, "200", MonitorConfig.CALIBRATION_INTERVAL, "100"));
                KafkaProducer<byte[], ImageEvent> producer = running.producer();
                CommittedRecords<byte[], OodThreshold> thresholds =
                        running.committed(running.topics().thresholds(), OodThreshold.class);
                CommittedRecords<byte[], OodScore> scores =
                        running.committed(running.topics().scores(), OodScore.class)) {
            running.start();
            calibrate(running, producer, RED, 60);
            OodThreshold first = awaitSamples(thresholds, 60);
            assertThat(first.getDetectorVersion()).isEqualTo("dice@50#1");
            assertThat(first.getFeatureMean()).hasSize(TinyNetwork.FEATURES);
            awaitVerdicts(running, producer, scores, first);

            running.stop();
            int before = scores.awaitEnd(PATIENCE).size();
            running.start();
            awaitVerdicts(running, producer, scores, first);
            assertThat(scores.soFar().subList(before, before + PARTITIONS))
                    .as("the first verdicts after the restart")
                    .allMatch(score -> score.value().getDetectorVersion().equals("dice@50#1"));

            Map<String, Object> settings = new HashMap<>(running.config().originals());
            settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("other").toString());
            try (Monitor other = Monitor.start(new MonitorConfig(settings))) {
                assertThat(other.awaitRunning(PATIENCE)).isTrue();
                calibrate(running, producer, BLUE, 60);
                OodThreshold second = awaitSamples(thresholds, 120);
                assertThat(second.getDetectorVersion()).isEqualTo("dice@50#2");
                awaitVerdicts(running, producer, scores, second);
            }
            assertThat(thresholds.awaitEnd(PATIENCE)).extracting(record -> record.value().getVersion())
                    .isSorted().doesNotHaveDuplicates();
            expectNoMixture(scores.awaitEnd(PATIENCE), thresholds.soFar());
        }
    }
}
