package io.oodmonitor.metrics;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.oodmonitor.InstalledTool;
import io.oodmonitor.bundle.BundleWriter;
import io.oodmonitor.bundle.TinyBundle;
import io.oodmonitor.calibration.KolmogorovSmirnov;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.PrometheusServer;
import io.oodmonitor.harness.RunningMonitor;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.stream.HttpSettings;
import io.oodmonitor.stream.MonitorConfig;
import io.oodmonitor.stream.processor.DeadLetterProcessor;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A monitor on a real broker and Debian's Prometheus, which asks it: the figures are those of the topics. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class MetricsIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOKEN = "0123456789abcdef";
    private static final int SIDE = TinyNetwork.SIZE;
    private static final int IMAGES = 600;
    private static final int SOURCES = 60;
    private static final int CALIBRATION = 100;
    private static final int BROKEN = 7;
    private static final int UNLABELLED = 3;
    private static final Pattern METRIC = Pattern.compile("\\b(?:ood|kafka|jvm|process)_\\w+|\\bup\\b");
    private static final Pattern GROUPED = Pattern.compile("^(?:sum|max|min|avg) by \\(([^)]*)\\)");

    private final Random random = new Random(11);

    private RunningMonitor running;
    private WebServer web;
    private PrometheusServer prometheus;
    private List<OodScore> verdicts;
    private OodThreshold threshold;

    @BeforeAll
    void setUp(@TempDir Path folder) throws Exception {
        PrometheusServer.require();
        Path bundle = BundleWriter.write(TinyBundle.content(), folder.resolve("tiny")).folder();
        running = new RunningMonitor(KAFKA, folder, bundle, Map.of(HttpSettings.PORT, "0", HttpSettings.TOKEN, TOKEN,
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

    @AfterAll
    void tearDown() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (web != null) {
            web.close();
        }
        if (running != null) {
            running.close();
        }
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
            for (int i = 0; i < BROKEN; i++) {
                send(producer, running.topics().images(), image(i, "camera-0").setEncoding(ImageEncoding.ENCODED)
                        .setHeight(null).setWidth(null).build());
            }
            for (int i = 0; i < IMAGES; i++) {
                send(producer, running.topics().images(), image(i, "camera-" + i % SOURCES).build());
            }
            producer.flush();
            verdicts = scores.awaitCount(IMAGES, PATIENCE).stream().map(ConsumerRecord::value).toList();
            threshold = last(thresholds.await("a threshold of all calibration images",
                    read -> !read.isEmpty() && last(read).getSamples() == CALIBRATION, PATIENCE));
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

    /** What /metrics says, to one who asks for no format. */
    private String exposed() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(web.url()
                .resolve("/metrics")).header("Authorization", "Bearer " + TOKEN).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private Map<String, Double> series(String query, String label) throws Exception {
        return StreamSupport.stream(prometheus.query(query).spliterator(), false).collect(toMap(
                one -> one.path("metric").path(label).asText(), one -> one.path("value").path(1).asDouble()));
    }

    private static Map<String, Double> count(Stream<String> names) {
        return names.collect(groupingBy(Function.identity(), TreeMap::new,
                collectingAndThen(counting(), Long::doubleValue)));
    }

    @Test
    void shouldCountTheVerdictsOnTheTopic() throws Exception {
        Map<String, Double> expected = count(verdicts.stream().map(verdict -> verdict.getVerdict().name()));
        assertThat(expected).containsKeys("IN_DISTRIBUTION", "OUT_OF_DISTRIBUTION");
        for (Verdict verdict : Verdict.values()) {
            expected.putIfAbsent(verdict.name(), 0.0);
        }
        assertThat(series("sum by (verdict) (ood_images_total)", "verdict")).isEqualTo(expected);
        assertThat(series("sum by (model_version) (ood_images_total)", "model_version"))
                .containsExactly(Map.entry("1", (double) IMAGES));
    }

    @Test
    void shouldCountTheSourcesBeyondTheFirstFiftyAsOther() throws Exception {
        Map<String, Double> expected = count(verdicts.stream().map(OodScore::getSource));
        Map<String, Double> counted = series("sum by (source) (ood_images_total)", "source");
        double others = counted.remove("other");

        assertThat(counted).hasSize(VerdictCounters.MOST_SOURCES);
        assertThat(expected).containsAllEntriesOf(counted);
        expected.keySet().removeAll(counted.keySet());
        assertThat(others).isEqualTo(expected.values().stream().mapToDouble(Double::doubleValue).sum()).isPositive();
    }

    @Test
    void shouldCountTheDeadLettersOnTheTopic() throws Exception {
        try (CommittedRecords<byte[], byte[]> letters = running.committed(running.topics().deadLetters())) {
            Map<String, Double> expected = count(letters.awaitCount(BROKEN + UNLABELLED, PATIENCE).stream()
                    .map(letter -> new String(letter.headers().lastHeader(DeadLetterProcessor.REASON_HEADER).value(),
                            StandardCharsets.UTF_8)));
            assertThat(series("ood_dead_letters_total > 0", "reason")).isEqualTo(expected).hasSize(2);
        }
    }

    @Test
    void shouldHaveTheScoresOnTheTopicInItsHistogram() throws Exception {
        Map<String, Double> buckets = series("ood_score_bucket", "le");
        assertThat(buckets).hasSizeGreaterThan(15).allSatisfy((bound, images) -> assertThat(images).as("at most " + bound)
                .isEqualTo(verdicts.stream().filter(verdict -> bound.equals("+Inf")
                        || verdict.getScore() <= Double.parseDouble(bound)).count()));
        assertThat(prometheus.value("ood_score_sum"))
                .isCloseTo(verdicts.stream().mapToDouble(OodScore::getScore).sum(), within(1e-3));
    }

    @Test
    void shouldTellTheThresholdInForceAndHowFarScoresAreFromIt() throws Exception {
        assertThat(prometheus.value("ood_threshold")).isEqualTo(threshold.getThreshold());
        assertThat(prometheus.value("ood_calibration_samples")).isEqualTo(CALIBRATION);
        assertThat(prometheus.value("ood_target_false_alarm_rate")).isEqualTo(0.05);
        assertThat(prometheus.value("time() - ood_calibration_age_seconds"))
                .isCloseTo(threshold.getUpdatedAt().toEpochMilli() / 1e3, within(3.0));
        assertThat(prometheus.value("ood_score_ks")).isCloseTo(KolmogorovSmirnov.distance(
                verdicts.stream().mapToDouble(OodScore::getScore).toArray(),
                threshold.getQuantiles().stream().mapToDouble(Double::doubleValue).toArray()), within(1e-9));
    }

    @Test
    void shouldTellOfBatchesAndOfWhatWaits() throws Exception {
        assertThat(prometheus.value("ood_batch_size_sum")).isEqualTo(IMAGES + CALIBRATION + UNLABELLED);
        assertThat(prometheus.value("ood_batch_size_count")).isEqualTo(running.monitor().statistics().batches())
                .isEqualTo(prometheus.value("ood_inference_seconds_count"))
                .isEqualTo(prometheus.value("ood_batch_wait_seconds_count"));
        assertThat(prometheus.value("ood_captured_to_verdict_seconds_count")).isEqualTo(IMAGES);
        assertThat(prometheus.value("ood_ready")).isEqualTo(1);
        assertThat(series("ood_lag_images", "input")).isEqualTo(Map.of("images", 0.0, "calibration", 0.0));
        for (String nothing : List.of("ood_pending_images", "ood_oldest_pending_seconds", "ood_in_flight_batches",
                "ood_in_flight_bytes")) {
            assertThat(prometheus.value(nothing)).as(nothing).isZero();
        }
    }

    @Test
    void shouldShowOnTheDashboardOnlyWhatIsThere() throws Exception {
        Map<String, String> known = types();
        for (String query : GrafanaDashboard.read().queries()) {
            assertAsksForWhatIsThere(query, known);
            JsonNode result = prometheus.query(query);
            assertThat(result).as(query).isNotEmpty();
            GROUPED.matcher(query).results().map(match -> match.group(1)).forEach(labels -> assertThat(result)
                    .as(query).allSatisfy(one -> assertThat(one.path("metric").fieldNames()).toIterable()
                            .contains(labels.split(", "))));
        }
    }

    @Test
    void shouldAlertOnWhatIsThere() throws Exception {
        Map<String, String> known = types();
        JsonNode rules = prometheus.get("/api/v1/rules").path("groups").path(0).path("rules");
        assertThat(rules).hasSize(6).allSatisfy(rule -> {
            assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
            assertAsksForWhatIsThere(rule.path("query").asText(), known);
        });
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(series(
                "ALERTS{alertname=\"OodDeadLetters\", alertstate=\"firing\"}", "reason"))
                .containsOnlyKeys("UNSUPPORTED_FORMAT", "MISSING_LABEL"));
    }

    private static void assertAsksForWhatIsThere(String query, Map<String, String> known) {
        List<String> names = METRIC.matcher(query.replaceAll("\"[^\"]*\"", "")).results().map(MatchResult::group)
                .filter(name -> !name.equals("up")).toList();
        assertThat(names).as(query).isNotEmpty().allSatisfy(name -> assertThat(known).containsKey(name));
    }

    /** Series' names, each with the metric's type. */
    private Map<String, String> types() throws Exception {
        Map<String, String> types = new TreeMap<>();
        Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$").matcher(exposed()).results().forEach(match -> {
            if (match.group(2).equals("histogram") || match.group(2).equals("summary")) {
                Stream.of("_bucket", "_sum", "_count").forEach(part ->
                        types.put(match.group(1) + part, match.group(2)));
            } else {
                types.put(match.group(1), match.group(2));
            }
        });
        return types;
    }

    @Test
    void shouldExposeWhatTheReadmeLists() throws Exception {
        String table = MetricsTable.of(exposed());
        Path expected = Files.writeString(Path.of("target", "metrics.md"), table);
        assertThat(Files.readString(Path.of("README.md")))
                .as("the README's table of metrics; the right one is in " + expected)
                .contains("<!-- metrics: begin -->\n" + table + "<!-- metrics: end -->\n");
    }

    /** promtool ends with 1 for what it cannot read, with 3 for what goes against Prometheus's customs. */
    @Test
    void shouldBeMetricsAsPrometheusLikesThem(@TempDir Path folder) throws Exception {
        String all = exposed();
        assertThat(check(folder, all).code()).isIn(0, 3);
        String own = String.join("\n", Arrays.stream(all.split("\n"))
                .filter(line -> line.matches("(# \\w+ )?ood_.*")).toList()) + "\n";
        assertThat(check(folder, own)).isEqualTo(new InstalledTool.Run(0, ""));
    }

    private static InstalledTool.Run check(Path folder, String exposition) throws Exception {
        Path file = Files.writeString(folder.resolve("metrics.txt"), exposition);
        return InstalledTool.run("sh", "-c", "promtool check metrics < " + file);
    }

    @Test
    void shouldHaveABoundedNumberOfSeries() throws Exception {
        long series = exposed().lines().filter(line -> !line.startsWith("#")).count();
        System.out.println("series of a monitor with 4 partitions and " + SOURCES + " sources: " + series + ", "
                + exposed().length() / 1024 + " KB");
        assertThat(series).isLessThan(1_200);
    }
}
