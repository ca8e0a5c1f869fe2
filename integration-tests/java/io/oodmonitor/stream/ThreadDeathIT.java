package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.oodmonitor.scoring.HeldNetwork;
import io.oodmonitor.scoring.OnnxNetwork;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.scoring.device.SessionSettings;
import io.oodmonitor.stream.processor.MonitorListener;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images of a stream thread that died are its successor's at once, though its session would last for minutes. */
@Timeout(180)
class ThreadDeathIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SESSION = Duration.ofMinutes(5);
    private static final int SIDE = TinyNetwork.SIZE;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "static member: {0}")
    @ValueSource(booleans = {false, true})
    void shouldGiveVerdictsLongBeforeTheSessionOfAThreadThatDiedTimesOut(boolean isStaticMember) throws Exception {
        Bundle bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny"));
        HeldNetwork network = new HeldNetwork(OnnxNetwork.load(bundle, SessionSettings.cpu(1)));
        try (RunningMonitor running = new RunningMonitor(KAFKA, folder, bundle.folder(), settings(isStaticMember));
                Monitor monitor = start(network, bundle, running.config());
                CommittedRecords<byte[], OodScore> scores =
                        running.committed(running.topics().scores(), OodScore.class);
                KafkaProducer<byte[], ImageEvent> producer = running.producer()) {
            assertThat(monitor.awaitRunning(PATIENCE)).isTrue();
            network.hold();
            send(0, 20, running, producer);
            await().atMost(PATIENCE).until(() -> deaths(monitor) > 0);
            network.letGo();
            send(20, 40, running, producer);

            assertThat(scores.awaitCount(40, PATIENCE)).extracting(score -> score.value().getId())
                    .doesNotHaveDuplicates();
        }
    }

    private static Map<String, String> settings(boolean isStaticMember) {
        Map<String, String> settings = new HashMap<>(Map.of(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                Long.toString(SESSION.toMillis()),
                // Who waits for longer dies.
                MonitorConfig.SCORING_TIMEOUT, "1000"));
        if (isStaticMember) {
            settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "monitor-0");
        }
        return settings;
    }

    private static Monitor start(HeldNetwork network, Bundle bundle, MonitorConfig config) {
        return Monitor.start(config, bundle, () -> new Scoring(List.of(ExecutionProvider.CPU),
                new ScoringEngine(network, bundle.framing(), config.engine(ExecutionProvider.CPU)), Optional.empty()),
                MonitorListener.NONE);
    }

    private static void send(int from, int to, RunningMonitor running, KafkaProducer<byte[], ImageEvent> producer) {
        for (int i = from; i < to; i++) {
            producer.send(new ProducerRecord<>(running.topics().images(), new byte[] {(byte) i},
                    ImageEvent.newBuilder().setId(Integer.toString(i)).setSource("camera").setCapturedAt(Instant.now())
                            .setEncoding(ImageEncoding.RGB8).setHeight(SIDE).setWidth(SIDE)
                            .setImage(ByteBuffer.allocate(SIDE * SIDE * 3)).build()));
        }
        producer.flush();
    }

    private static double deaths(Monitor monitor) {
        return monitor.streams().metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("failed-stream-threads"))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue()).sum();
    }
}
