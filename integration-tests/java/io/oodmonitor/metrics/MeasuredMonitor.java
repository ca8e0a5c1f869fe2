package io.oodmonitor.metrics;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.PrometheusServer;
import io.oodmonitor.harness.RunningMonitor;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.stream.HttpSettings;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.web.WebServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A monitor that has judged images of many sources, taken a threshold from calibration images and refused some of both,
 * and Debian's Prometheus, which knows it.
 */
final class MeasuredMonitor implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final int IMAGES = 600;
    static final int SOURCES = 60;
    static final int CALIBRATION = 100;
    static final int BROKEN = 7;
    static final int UNLABELLED = 3;

    private static final String TOKEN = "0123456789abcdef";
    private static final int SIDE = TinyNetwork.SIZE;

    private final Random random = new Random(11);
    private final RunningMonitor running;
    private final WebServer web;
    private final PrometheusServer prometheus;
    private List<OodScore> verdicts;
    private OodThreshold threshold;

    MeasuredMonitor(KafkaUnderTest kafka, Path folder) throws Exception {
        PrometheusServer.require();
        Path bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny")).folder();
        running = new RunningMonitor(kafka, folder, bundle, Map.of(HttpSettings.PORT, "0", HttpSettings.TOKEN, TOKEN,
                MonitorConfig.CALIBRATION_MINIMUM, Integer.toString(CALIBRATION),
                MonitorConfig.CALIBRATION_WINDOW, Integer.toString(CALIBRATION)));
        web = WebServer.start(HttpSettings.from(running.config()).orElseThrow());
        running.start(web::listener);
        web.tellOf(running.monitor());
        // It has to know the counters at zero to see them grow.
        prometheus = PrometheusServer.start(Files.createDirectory(folder.resolve("prometheus")), web.url(), TOKEN);
        send();
        System.gc();
        await().atMost(PATIENCE).until(() -> prometheus.value("sum(ood_images_total)") == IMAGES
                && prometheus.value("sum(ood_dead_letters_total)") == BROKEN + UNLABELLED
                && prometheus.value("ood_calibration_age_seconds") > 2);
    }

    private void send() {
        try (KafkaProducer<byte[], ImageEvent> producer = running.producer();
                CommittedRecords<byte[], OodScore> scores =
                        running.committed(running.topics().scores(), OodScore.class);
                CommittedRecords<byte[], OodThreshold> thresholds =
                        running.committed(running.topics().thresholds(), OodThreshold.class)) {
            for (int i = 0; i < CALIBRATION + UNLABELLED; i++) {
                send(producer, running.topics().calibrationImages(), image(i, "line")
                        .setLabel(i < CALIBRATION ? TinyBundle.CLASSES.get(i % 3) : null).build());
            }
            // By this one a twentieth of the images is out of distribution.
            threshold = last(thresholds.await("a threshold of all calibration images",
                    read -> !read.isEmpty() && last(read).getSamples() == CALIBRATION, PATIENCE));
            for (int i = 0; i < BROKEN; i++) {
                send(producer, running.topics().images(), image(i, "camera-0").setEncoding(ImageEncoding.ENCODED)
                        .setHeight(null).setWidth(null).build());
            }
            for (int i = 0; i < IMAGES; i++) {
                send(producer, running.topics().images(), image(i, "camera-" + i % SOURCES).build());
            }
            producer.flush();
            verdicts = scores.awaitCount(IMAGES, PATIENCE).stream().map(ConsumerRecord::value).toList();
        }
    }

    private static OodThreshold last(List<ConsumerRecord<byte[], OodThreshold>> records) {
        return records.get(records.size() - 1).value();
    }

    private ImageEvent.Builder image(int number, String source) {
        byte[] pixels = new byte[SIDE * SIDE * 3];
        random.nextBytes(pixels);
        return ImageEvent.newBuilder().setId(Integer.toString(number)).setSource(source).setCapturedAt(Instant.now())
                .setEncoding(ImageEncoding.RGB8).setHeight(SIDE).setWidth(SIDE).setImage(ByteBuffer.wrap(pixels));
    }

    private static void send(KafkaProducer<byte[], ImageEvent> producer, String topic, ImageEvent event) {
        producer.send(new ProducerRecord<>(topic, event.getId().getBytes(StandardCharsets.UTF_8), event));
    }

    RunningMonitor running() {
        return running;
    }

    PrometheusServer prometheus() {
        return prometheus;
    }

    /** What is on the topic. */
    List<OodScore> verdicts() {
        return verdicts;
    }

    /** The last one on the topic. */
    OodThreshold threshold() {
        return threshold;
    }

    /** What /metrics says, to one who asks for no format. */
    String exposed() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(web.url()
                .resolve("/metrics")).header("Authorization", "Bearer " + TOKEN).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** What Prometheus knows, by a label. */
    Map<String, Double> series(String query, String label) throws Exception {
        return StreamSupport.stream(prometheus.query(query).spliterator(), false).collect(toMap(
                one -> one.path("metric").path(label).asText(), one -> one.path("value").path(1).asDouble()));
    }

    @Override
    public void close() {
        prometheus.close();
        web.close();
        running.close();
    }
}
