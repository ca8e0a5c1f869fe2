package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.RunningMonitor;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.topics.TopicSpec;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A thresholds topic that is torn away: no thread can be replaced then, and the monitor ends by itself, with a reason. */
@Timeout(180)
class ThresholdLossIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SIDE = TinyNetwork.SIZE;

    @TempDir
    private Path folder;

    @Test
    void shouldStopByItselfAndSayWhy() throws Exception {
        Path bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny")).folder();
        try (RunningMonitor running = new RunningMonitor(KAFKA, folder, bundle,
                        Map.of(MonitorConfig.CALIBRATION_MINIMUM, "50", MonitorConfig.CALIBRATION_INTERVAL, "100"));
                KafkaProducer<byte[], ImageEvent> producer = running.producer();
                CommittedRecords<byte[], OodThreshold> thresholds =
                        running.committed(running.topics().thresholds(), OodThreshold.class)) {
            running.start();
            calibrate(running, producer);
            thresholds.awaitCount(1, PATIENCE);
            assertThat(running.monitor().failure()).isEmpty();

            replaceTopic(running.topics().thresholds(), running.config());
            running.monitor().awaitStopped();
            assertThat(running.monitor().isReady()).isFalse();
            assertThat(running.monitor().failure()).containsInstanceOf(InvalidOffsetException.class);
        }
    }

    private static void calibrate(RunningMonitor running, KafkaProducer<byte[], ImageEvent> producer) {
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            byte[] pixels = new byte[SIDE * SIDE * 3];
            random.nextBytes(pixels);
            producer.send(new ProducerRecord<>(running.topics().calibrationImages(),
                    ImageEvent.newBuilder().setId("c" + i).setSource("calibration").setCapturedAt(Instant.now())
                            .setEncoding(ImageEncoding.RGB8).setHeight(SIDE).setWidth(SIDE)
                            .setImage(ByteBuffer.wrap(pixels)).setLabel(TinyBundle.CLASSES.get(i % 3)).build()));
        }
        producer.flush();
    }

    /** By an empty one of the same name. */
    private static void replaceTopic(String name, MonitorConfig config) throws Exception {
        try (Admin admin = KAFKA.admin()) {
            admin.deleteTopics(List.of(name)).all().get();
            Awaitility.await().atMost(PATIENCE).until(() -> !admin.listTopics().names().get().contains(name));
        }
        KAFKA.newTopics(Topics.specs(config, 4, (short) 1).stream().filter(spec -> spec.name().equals(name))
                .toArray(TopicSpec[]::new));
    }
}
