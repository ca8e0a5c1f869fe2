package io.oodmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.RunningMonitor;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.stream.MonitorConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The monitor stopped in the middle of a stream and started again: it goes on as if nothing had been. */
@Timeout(180)
class RestartIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int IMAGES = 4_000;
    private static final int SIDE = TinyNetwork.SIZE;

    private final Random random = new Random(11);

    @TempDir
    private Path folder;

    private RunningMonitor monitor(Map<String, String> settings) throws Exception {
        Path bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny")).folder();
        return new RunningMonitor(KAFKA, folder, bundle, settings);
    }

    private ImageEvent image(String id, String source, String label) {
        byte[] pixels = new byte[SIDE * SIDE * 3];
        random.nextBytes(pixels);
        return ImageEvent.newBuilder().setId(id).setSource(source).setCapturedAt(Instant.now())
                .setEncoding(ImageEncoding.RGB8).setHeight(SIDE).setWidth(SIDE).setImage(ByteBuffer.wrap(pixels))
                .setLabel(label).build();
    }

    private static byte[] key(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> ids(List<ConsumerRecord<byte[], OodScore>> scores) {
        return scores.stream().map(score -> score.value().getId()).toList();
    }

    @Test
    void shouldGiveEveryImageOneVerdictInOrderWhenItIsStoppedInTheMiddleOfTheStream() throws Exception {
        // A thousand images a second or so: the stops come in the middle.
        try (RunningMonitor running = monitor(Map.of());
                KafkaProducer<byte[], ImageEvent> producer = running.producer();
                CommittedRecords<byte[], OodScore> scores =
                        running.committed(running.topics().scores(), OodScore.class)) {
            running.start();
            for (int i = 0; i < IMAGES; i++) {
                String id = Integer.toString(i);
                producer.send(new ProducerRecord<>(running.topics().images(), key(id), image(id, "camera", null)));
                if (i == IMAGES / 4 || i == IMAGES / 2) {
                    producer.flush();
                    scores.awaitCount(i / 2, PATIENCE);
                    running.stop();
                    running.start();
                }
            }
            producer.flush();
            scores.awaitCount(IMAGES, PATIENCE);
            List<ConsumerRecord<byte[], OodScore>> all = scores.awaitEnd(PATIENCE);
            assertThat(ids(all)).hasSize(IMAGES).doesNotHaveDuplicates();
            int[] last = {-1, -1, -1, -1};
            for (ConsumerRecord<byte[], OodScore> score : all) {
                int number = Integer.parseInt(score.value().getId());
                assertThat(number).isGreaterThan(last[score.partition()]);
                last[score.partition()] = number;
            }
        }
    }

    @Test
    void shouldKeepThresholdAndCalibrationWindow() throws Exception {
        try (RunningMonitor running = monitor(Map.of(MonitorConfig.CALIBRATION_MINIMUM, "50",
                        MonitorConfig.CALIBRATION_WINDOW, "100", MonitorConfig.CALIBRATION_INTERVAL, "100"));
                KafkaProducer<byte[], ImageEvent> producer = running.producer();
                CommittedRecords<byte[], OodThreshold> thresholds =
                        running.committed(running.topics().thresholds(), OodThreshold.class);
                CommittedRecords<byte[], OodScore> scores =
                        running.committed(running.topics().scores(), OodScore.class)) {
            running.start();
            calibrate(running, producer, 60);
            OodThreshold before = awaitSamples(thresholds, 60);
            running.stop();
            running.start();

            producer.send(new ProducerRecord<>(running.topics().images(), key("a"), image("a", "camera", null))).get();
            OodScore score = scores.awaitCount(1, PATIENCE).get(0).value();
            assertThat(score.getThresholdVersion()).isEqualTo(before.getVersion());
            assertThat(score.getThreshold()).isEqualTo(before.getThreshold());

            calibrate(running, producer, 30);
            OodThreshold after = awaitSamples(thresholds, 90);
            assertThat(after.getVersion()).isGreaterThan(before.getVersion());
            List<Long> versions = thresholds.soFar().stream().map(record -> record.value().getVersion()).toList();
            assertThat(versions).isSorted().doesNotHaveDuplicates();
        }
    }

    private void calibrate(RunningMonitor running, KafkaProducer<byte[], ImageEvent> producer, int images) {
        for (int i = 0; i < images; i++) {
            producer.send(new ProducerRecord<>(running.topics().calibrationImages(),
                    image("c" + i, "calibration", TinyBundle.CLASSES.get(i % 3))));
        }
        producer.flush();
    }

    private static OodThreshold awaitSamples(CommittedRecords<byte[], OodThreshold> thresholds, int samples) {
        List<ConsumerRecord<byte[], OodThreshold>> read = thresholds.await("a threshold from " + samples + " samples",
                records -> !records.isEmpty()
                        && records.get(records.size() - 1).value().getSamples() == samples, PATIENCE);
        return read.get(read.size() - 1).value();
    }

    @Test
    void shouldKeepAlertStatesAndWindows() throws Exception {
        // Calibrated on noise, the network finds a grey image out of distribution.
        try (RunningMonitor running = monitor(Map.of(MonitorConfig.RATE_WINDOW, "1000", MonitorConfig.RATE_GRACE, "0",
                        MonitorConfig.RATE_IDLE, "1000", MonitorConfig.CALIBRATION_MINIMUM, "100",
                        MonitorConfig.CALIBRATION_INTERVAL, "100"));
                CommittedRecords<byte[], OodThreshold> thresholds =
                        running.committed(running.topics().thresholds(), OodThreshold.class);
                KafkaProducer<byte[], ImageEvent> producer = running.producer();
                CommittedRecords<byte[], OodRateAlert> alerts =
                        running.committed(running.topics().rateAlerts(), OodRateAlert.class);
                CommittedRecords<byte[], OodRate> rates =
                        running.committed(running.topics().rates(), OodRate.class)) {
            running.start();
            calibrate(running, producer, 100);
            awaitSamples(thresholds, 100);
            Instant window = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 3_600);
            int sent = 0;
            for (int second = 0; second < 6; second++) {
                for (int i = 0; i < 60; i++) {
                    ImageEvent event = second < 4 ? grey("g" + sent) : image("i" + sent, "camera", null);
                    producer.send(new ProducerRecord<>(running.topics().images(), i % 4,
                            window.plusSeconds(second).plusMillis(i * 16L).toEpochMilli(), key("k"), event));
                    sent++;
                }
                producer.flush();
                if (second == 1) {
                    // One window has raised the alert, the next is open or on its way.
                    running.stop();
                    running.start();
                }
                // So that no image comes late for its window.
                int all = sent;
                rates.await(all + " images in rates", read -> read.stream()
                        .mapToLong(rate -> rate.value().getImages()).sum() == all, PATIENCE);
            }
            List<OodRate> windows = rates.awaitEnd(PATIENCE).stream().map(ConsumerRecord::value).toList();
            assertThat(windows.stream().mapToLong(OodRate::getImages).sum()).isEqualTo(sent);
            assertThat(windows).extracting(OodRate::getWindowStart).doesNotHaveDuplicates();
            List<OodRateAlert> states = alerts.awaitEnd(PATIENCE).stream().map(ConsumerRecord::value).toList();
            assertThat(states).extracting(OodRateAlert::getState)
                    .containsExactly(AlertState.RAISED, AlertState.CLEARED);
        }
    }

    private static ImageEvent grey(String id) {
        byte[] pixels = new byte[SIDE * SIDE * 3];
        Arrays.fill(pixels, (byte) 64);
        return ImageEvent.newBuilder().setId(id).setSource("camera").setCapturedAt(Instant.now())
                .setEncoding(ImageEncoding.RGB8).setHeight(SIDE).setWidth(SIDE)
                .setImage(ByteBuffer.wrap(pixels)).build();
    }
}
