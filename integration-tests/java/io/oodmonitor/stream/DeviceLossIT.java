package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.RunningMonitor;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.scoring.DeviceLostException;
import io.oodmonitor.scoring.DeviceNetwork;
import io.oodmonitor.scoring.OnnxNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.scoring.device.SessionSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import io.oodmonitor.stream.processor.MonitorListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A device that is lost in the middle of a stream: the monitor ends by itself, and the next one goes on. */
@Timeout(180)
class DeviceLossIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int IMAGES = 1_000;
    private static final int SIDE = TinyNetwork.SIZE;

    private final Random random = new Random(5);

    @TempDir
    private Path folder;

    private ImageEvent image(int number) {
        byte[] pixels = new byte[SIDE * SIDE * 3];
        random.nextBytes(pixels);
        return ImageEvent.newBuilder().setId(Integer.toString(number)).setSource("camera")
                .setCapturedAt(Instant.now()).setEncoding(ImageEncoding.RGB8).setHeight(SIDE).setWidth(SIDE)
                .setImage(ByteBuffer.wrap(pixels)).build();
    }

    private void send(RunningMonitor to, KafkaProducer<byte[], ImageEvent> producer, int from, int until) {
        for (int i = from; i < until; i++) {
            producer.send(new ProducerRecord<>(to.topics().images(),
                    Integer.toString(i).getBytes(StandardCharsets.UTF_8), image(i)));
        }
        producer.flush();
    }

    @Test
    void shouldStopByItselfAndLoseNothing() throws Exception {
        Bundle bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny"));
        DeviceNetwork network = DeviceNetwork.running(OnnxNetwork.load(bundle, SessionSettings.cpu(1)));
        try (RunningMonitor running = new RunningMonitor(KAFKA, folder, bundle.folder(), Map.of());
                KafkaProducer<byte[], ImageEvent> producer = running.producer();
                CommittedRecords<byte[], OodScore> scores =
                        running.committed(running.topics().scores(), OodScore.class)) {
            MonitorConfig config = running.config();
            try (Monitor monitor = Monitor.start(config, bundle, () -> new Scoring(
                    List.of(ExecutionProvider.CPU), new ScoringEngine(network, bundle.framing(),
                    config.engine(ExecutionProvider.CPU)), Optional.empty()), MonitorListener.NONE)) {
                assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
                send(running, producer, 0, IMAGES / 2);
                scores.awaitCount(IMAGES / 4, PATIENCE);
                assertThat(monitor.isReady()).isTrue();
                network.lose();
                send(running, producer, IMAGES / 2, IMAGES);
                // By itself, or this test runs into its time-out.
                monitor.awaitStopped();
                assertThat(monitor.isReady()).isFalse();
                assertThat(monitor.failure()).containsInstanceOf(DeviceLostException.class);
            }
            running.start();
            scores.awaitCount(IMAGES, PATIENCE);
            List<String> ids = scores.awaitEnd(PATIENCE).stream().map(score -> score.value().getId()).toList();
            assertThat(ids).hasSize(IMAGES).doesNotHaveDuplicates();
            try (CommittedRecords<byte[], byte[]> letters = running.committed(running.topics().deadLetters())) {
                assertThat(letters.awaitEnd(PATIENCE)).isEmpty();
            }
        }
    }
}
