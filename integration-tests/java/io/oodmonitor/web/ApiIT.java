package io.oodmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.oodmonitor.image.ImageDecoder;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.RgbImage;
import io.oodmonitor.render.OddKind;
import io.oodmonitor.render.PartClass;
import io.oodmonitor.render.PartRenderer;
import io.oodmonitor.render.SeedRange;
import io.oodmonitor.stream.DashboardSettings;
import io.oodmonitor.stream.HttpSettings;
import io.oodmonitor.stream.MonitorConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered over HTTP is what is on the topics, of a monitor with the shipped bundle that saw an episode. */
@Timeout(120)
class ApiIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final int CALIBRATION = 100;
    private static final int IMAGES = 60;
    private static final int BROKEN = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;
    private static RunningMonitor running;
    private static WebServer web;
    private static KafkaProducer<byte[], ImageEvent> producer;
    private static CommittedRecords<byte[], OodScore> scores;
    private static CommittedRecords<byte[], OodScore> flagged;
    private static CommittedRecords<byte[], OodRate> rates;
    private static CommittedRecords<byte[], OodRateAlert> rateAlerts;
    private static CommittedRecords<byte[], OodThreshold> thresholds;
    private static final PartRenderer RENDERER = new PartRenderer();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Map<String, byte[]> FILES = new HashMap<>();

    @BeforeAll
    static void seeAnEpisode() throws Exception {
        running = new RunningMonitor(KAFKA, folder, Path.of("models", "parts"), Map.of(HttpSettings.PORT, "0",
                MonitorConfig.CALIBRATION_MINIMUM, Integer.toString(CALIBRATION),
                MonitorConfig.CALIBRATION_INTERVAL, "100", MonitorConfig.RATE_WINDOW, "" + WINDOW.toMillis(),
                MonitorConfig.RATE_GRACE, "0", MonitorConfig.RATE_IDLE, "300"));
        web = WebServer.start(HttpSettings.from(running.config()).orElseThrow());
        assertThat(get("/api/model").statusCode()).isEqualTo(503);
        assertThat(post("no image".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(503);
        running.start(web::listener);
        web.tellOf(running.monitor());
        producer = running.producer();
        scores = running.committed(running.topics().scores(), OodScore.class);
        flagged = running.committed(running.topics().alerts(), OodScore.class);
        rates = running.committed(running.topics().rates(), OodRate.class);
        rateAlerts = running.committed(running.topics().rateAlerts(), OodRateAlert.class);
        thresholds = running.committed(running.topics().thresholds(), OodThreshold.class);
        calibrate();
        for (int i = 0; i < IMAGES; i++) {
            send("part-" + i, "line-1", part(i), null, running.topics().images());
            send("odd-" + i, "line-2", odd(i), null, running.topics().images());
        }
        for (int i = 0; i < BROKEN; i++) {
            send("broken-" + i, "line-1", new byte[] {1, 2, 3}, null, running.topics().images());
        }
        scores.awaitCount(2 * IMAGES, PATIENCE);
        rateAlerts.await("an alert that was raised", records -> records.stream()
                .anyMatch(record -> record.value().getState() == AlertState.RAISED), PATIENCE);
        awaitWholeWindows();
    }

    private static void calibrate() {
        for (int i = 0; i < CALIBRATION; i++) {
            PartClass part = PartClass.values()[i % PartClass.values().length];
            send("calibration-" + i, "calibration", RENDERER.render(part, SeedRange.CALIBRATION.seed(i)).jpeg(),
                    part.label(), running.topics().calibrationImages());
        }
        thresholds.await("a threshold of all", records -> !records.isEmpty()
                && records.get(records.size() - 1).value().getSamples() == CALIBRATION, PATIENCE);
    }

    /** Every image is in a final window. */
    private static void awaitWholeWindows() {
        rates.await("windows of all images", records -> records.stream()
                .mapToLong(record -> record.value().getImages()).sum() == scores.soFar().size(), PATIENCE);
        await().atMost(PATIENCE).until(() -> sum(json("/api/rates").path("images")) == scores.soFar().size());
    }

    @AfterAll
    static void stop() {
        producer.close();
        List.of(scores, flagged, rates, rateAlerts, thresholds).forEach(CommittedRecords::close);
        web.close();
        running.close();
    }

    private static byte[] part(int number) {
        return RENDERER.render(PartClass.values()[number % PartClass.values().length],
                SeedRange.DEMO.seed(number)).jpeg();
    }

    private static byte[] odd(int number) {
        return RENDERER.render(OddKind.FOREIGN_OBJECT, SeedRange.DEMO.seed(number)).jpeg();
    }

    private static void send(String id, String source, byte[] file, String label, String topic) {
        FILES.put(id, file);
        ImageEvent event = ImageEvent.newBuilder().setId(id).setSource(source).setCapturedAt(Instant.now())
                .setEncoding(ImageEncoding.ENCODED).setImage(ByteBuffer.wrap(file)).setLabel(label).build();
        producer.send(new ProducerRecord<>(topic, id.getBytes(StandardCharsets.UTF_8), event));
    }

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(web.url().resolve(path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> post(byte[] image) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(web.url().resolve("/score"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(image)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        JsonNode body = JSON.readTree(answer.body());
        ApiDescription.requireDescribed(path, body);
        return body;
    }

    private static <T> List<T> values(List<ConsumerRecord<byte[], T>> records) {
        return records.stream().map(ConsumerRecord::value).toList();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static long sum(JsonNode column) {
        return list(column).stream().mapToLong(JsonNode::asLong).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"line-1", "line-2"})
    void shouldAnswerWithTheRatesOnTheTopic(String source) throws Exception {
        List<OodRate> windows = values(rates.soFar()).stream().filter(rate -> rate.getSource().equals(source)).toList();

        JsonNode answer = json("/api/rates?source=" + source);

        assertThat(answer.path("stepMs").asLong()).isEqualTo(WINDOW.toMillis());
        assertThat(answer.path("expectedRate").asDouble())
                .isEqualTo(windows.get(windows.size() - 1).getExpectedRate());
        assertThat(list(answer.path("start"))).extracting(JsonNode::asLong)
                .containsExactlyElementsOf(windows.stream().map(w -> w.getWindowStart().toEpochMilli()).toList());
        assertThat(list(answer.path("ood"))).extracting(JsonNode::asLong)
                .containsExactlyElementsOf(windows.stream().map(OodRate::getOod).toList());
        assertThat(list(answer.path("rate"))).extracting(JsonNode::asDouble)
                .containsExactlyElementsOf(windows.stream().map(OodRate::getRate).toList());
        assertThat(list(answer.path("lower"))).extracting(JsonNode::asDouble)
                .containsExactlyElementsOf(windows.stream().map(OodRate::getLower).toList());
        assertThat(list(answer.path("upper"))).extracting(JsonNode::asDouble)
                .containsExactlyElementsOf(windows.stream().map(OodRate::getUpper).toList());
        JsonNode merged = json("/api/rates?source=" + source + "&points=2");
        assertThat(merged.path("start").size()).isLessThanOrEqualTo(2);
        assertThat(sum(merged.path("images"))).isEqualTo(windows.stream().mapToLong(OodRate::getImages).sum());
    }

    @Test
    void shouldListTheSourcesWithAnAlertFirst() throws Exception {
        List<JsonNode> sources = list(json("/api/sources").path("sources"));

        assertThat(sources).extracting(source -> source.path("source").asText()).contains("line-1", "line-2");
        assertThat(sources).allSatisfy(source -> assertThat(source.path("images").asLong()).isEqualTo(
                values(rates.soFar()).stream().filter(rate -> rate.getSource().equals(source.path("source").asText()))
                        .mapToLong(OodRate::getImages).sum()));
        assertThat(list(json("/api/sources?search=NE-2").path("sources")))
                .extracting(source -> source.path("source").asText()).containsExactly("line-2");
    }

    @Test
    void shouldAnswerWithTheAlertsOnTheTopic() throws Exception {
        OodRateAlert raised = values(rateAlerts.soFar()).stream()
                .filter(alert -> alert.getState() == AlertState.RAISED).findFirst().orElseThrow();

        List<JsonNode> alerts = list(json("/api/alerts?source=" + raised.getSource()).path("alerts"));

        JsonNode first = alerts.get(alerts.size() - 1);
        assertThat(first.path("from").asLong()).isEqualTo(raised.getWindowStart().toEpochMilli());
        assertThat(first.path("ood").asLong()).isEqualTo(raised.getOod());
        assertThat(first.path("pValue").asDouble()).isEqualTo(raised.getPValue());
        assertThat(list(first.path("sampleIds"))).extracting(JsonNode::asText)
                .containsExactlyElementsOf(raised.getSampleIds());
    }

    @Test
    void shouldShowEveryImageOutOfDistributionWithItsVerdictAndASmallCopy() throws Exception {
        List<JsonNode> shown = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json("/api/images?limit=50" + (next.isEmpty() ? "" : "&before=" + next));
            shown.addAll(list(page.path("images")));
            next = page.path("next").asText("");
        } while (!next.isEmpty() && !next.equals("null"));

        Map<String, OodScore> onTopic = new HashMap<>();
        values(flagged.awaitEnd(PATIENCE)).forEach(verdict -> onTopic.put(verdict.getId(), verdict));
        assertThat(onTopic).hasSizeGreaterThan(IMAGES / 2);
        assertThat(shown).extracting(image -> image.path("id").asText())
                .containsExactlyInAnyOrderElementsOf(onTopic.keySet());
        assertThat(shown).isSortedAccordingTo((a, b) ->
                Long.compare(b.path("scoredAt").asLong(), a.path("scoredAt").asLong()));
        assertThat(shown).allSatisfy(image -> {
            OodScore verdict = onTopic.get(image.path("id").asText());
            assertThat(image.path("score").floatValue()).isEqualTo(verdict.getScore());
            assertThat(image.path("threshold").asDouble()).isEqualTo(verdict.getThreshold());
            assertThat(image.path("pValue").asDouble()).isEqualTo(verdict.getPValue());
            assertThat(image.path("predictedLabel").asText()).isEqualTo(verdict.getPredictedLabel());
            assertThat(image.path("source").asText()).isEqualTo(verdict.getSource());
        });
        JsonNode withCopy = shown.stream().filter(image -> image.path("thumbnail").asBoolean()).findFirst()
                .orElseThrow();
        HttpResponse<byte[]> copy = get("/api/images/" + withCopy.path("key").asText() + "/thumbnail");
        assertThat(copy.headers().firstValue("content-type")).contains("image/png");
        assertThat(pixels(copy.body())).isEqualTo(pixels(FILES.get(withCopy.path("id").asText())));
    }

    private static byte[] pixels(byte[] file) throws Exception {
        RgbImage image = new ImageDecoder(ImageLimits.DEFAULT).decode(ByteBuffer.wrap(file));
        return image.pixels();
    }

    @Test
    void shouldAnswerWithTheThresholdsOnTheTopic() throws Exception {
        List<OodThreshold> onTopic = values(thresholds.soFar());

        List<JsonNode> answer = list(json("/api/thresholds").path("thresholds"));

        assertThat(answer).extracting(threshold -> threshold.path("version").asLong())
                .containsExactlyElementsOf(onTopic.stream().map(OodThreshold::getVersion).toList());
        assertThat(answer).extracting(threshold -> threshold.path("threshold").asDouble())
                .containsExactlyElementsOf(onTopic.stream().map(OodThreshold::getThreshold).toList());
        JsonNode scored = json("/api/scores");
        OodThreshold last = onTopic.get(onTopic.size() - 1);
        assertThat(scored.path("threshold").asDouble()).isEqualTo(last.getThreshold());
        assertThat(scored.path("calibrationCount").asInt()).isEqualTo(CALIBRATION);
        assertThat(list(scored.path("calibration")).stream().mapToDouble(JsonNode::asDouble).sum())
                .isBetween(0.999_999, 1.000_001);
        assertThat(sum(scored.path("recent"))).isEqualTo(scored.path("recentCount").asLong())
                .isGreaterThanOrEqualTo(2L * IMAGES);
        assertThat(scored.path("ks").asDouble()).isBetween(0.3, 1.0);
        assertThat(sum(json("/api/scores?source=line-1").path("recent"))).isEqualTo(IMAGES);
        assertThat(json("/api/model").path("expectedRate").asDouble())
                .isEqualTo(last.getRank() / (last.getSamples() + 1.0));
    }

    @Test
    void shouldTellHowTheInstanceDidAndOfDeadLetters() throws Exception {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(json("/api/performance").path("deadLetters"))
                .isEqualTo(JSON.readTree("{\"UNSUPPORTED_FORMAT\": " + BROKEN + "}")));
        JsonNode answer = json("/api/performance");
        double images = 0;
        Iterator<JsonNode> perSecond = answer.path("imagesPerSecond").iterator();
        while (perSecond.hasNext()) {
            images += perSecond.next().asDouble();
        }
        assertThat(images).isPositive();
        assertThat(list(answer.path("latencyP99Ms"))).anySatisfy(latency ->
                assertThat(latency.asDouble()).isPositive());
    }

    @Test
    void shouldScoreAnImageAsTheStreamDid() throws Exception {
        List<OodScore> verdicts = values(scores.soFar()).stream().filter(verdict ->
                verdict.getId().equals("part-7") || verdict.getId().equals("odd-7")).toList();
        assertThat(verdicts).hasSize(2);
        for (OodScore verdict : verdicts) {
            HttpResponse<byte[]> answer = post(FILES.get(verdict.getId()));

            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode body = JSON.readTree(answer.body());
            ApiDescription.require("Verdict", body);
            assertThat(body.path("score").floatValue()).isCloseTo(verdict.getScore(),
                    Offset.offset(1e-4f));
            assertThat(body.path("verdict").asText()).isEqualTo(verdict.getVerdict().name());
            assertThat(body.path("threshold").asDouble()).isEqualTo(verdict.getThreshold());
            assertThat(body.path("thresholdVersion").asLong()).isEqualTo(verdict.getThresholdVersion());
            assertThat(body.path("predictedLabel").asText()).isEqualTo(verdict.getPredictedLabel());
            assertThat(body.path("detectorVersion").asText()).isEqualTo(verdict.getDetectorVersion());
        }
    }

    @Test
    void shouldSayWhyAnImageCannotBeScored() throws Exception {
        HttpResponse<byte[]> cut = post(Arrays.copyOf(FILES.get("part-1"), 300));
        assertThat(cut.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(cut.body()).path("reason").asText()).isEqualTo("CORRUPT_IMAGE");
        assertThat(JSON.readTree(post(new byte[0]).body()).path("reason").asText()).isEqualTo("EMPTY_IMAGE");

        byte[] large = new byte[running.config().getInt(MonitorConfig.IMAGE_MAX_BYTES) + 1];
        assertThat(post(large).statusCode()).isEqualTo(413);
        HttpResponse<byte[]> streamed = CLIENT.send(HttpRequest.newBuilder(web.url().resolve("/score"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(streamed.statusCode()).isEqualTo(413);

        HttpResponse<byte[]> foreign = CLIENT.send(HttpRequest.newBuilder(web.url().resolve("/score"))
                .header("Sec-Fetch-Site", "cross-site").POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(get("/score").statusCode()).isEqualTo(405);
    }

    /** Later tests see more images, of another source, and so none of their figures change. */
    @Test
    void shouldTellOfAnImageSoonAfterItsVerdictIsOnTheTopicAndGreetWhoComesBack() throws Exception {
        try (EventReader events = new EventReader(CLIENT, web.url().resolve("/api/events"))) {
            assertThat(events.answer().headers().firstValue("content-type")).contains("text/event-stream");
            await().atMost(PATIENCE).until(() -> !events.events("status").isEmpty());
            assertThat(events.events().get(0).type()).isEqualTo("hello");
            assertThat(events.events("status").get(0).data().path("ready").asBoolean()).isTrue();

            send("late", "line-2", FILES.get("odd-3"), null, running.topics().images());
            OodScore verdict = flagged.await("the late image", records -> records.stream()
                    .anyMatch(record -> record.value().getId().equals("late")), PATIENCE).stream()
                    .map(ConsumerRecord::value).filter(score -> score.getId().equals("late")).findFirst().orElseThrow();
            await().atMost(Duration.ofSeconds(2)).until(() -> !events.events("image").isEmpty());
            JsonNode image = events.events("image").get(0).data();
            ApiDescription.require("Image", image);
            ApiDescription.require("Status", events.events("status").get(0).data());
            assertThat(image.path("id").asText()).isEqualTo("late");
            assertThat(image.path("score").floatValue()).isEqualTo(verdict.getScore());
            assertThat(events.events()).extracting(EventReader.Event::id).isSorted().doesNotHaveDuplicates();
            awaitWholeWindows();
            await().atMost(PATIENCE).until(() -> events.events("rate").stream()
                    .anyMatch(rate -> rate.data().path("source").asText().equals("line-2")));
            ApiDescription.require("Window", events.events("rate").get(0).data());
        }
        try (EventReader again = new EventReader(CLIENT, web.url().resolve("/api/events"))) {
            await().atMost(PATIENCE).until(() -> !again.events().isEmpty());
            assertThat(again.events().get(0).type()).isEqualTo("hello");
        }
    }

    @Test
    void shouldTakeSoManyStreamsAndNoMore() throws Exception {
        List<EventReader> readers = new ArrayList<>();
        try {
            await().atMost(PATIENCE).until(() -> {
                readers.add(new EventReader(CLIENT, web.url().resolve("/api/events")));
                return readers.get(readers.size() - 1).answer().statusCode() == 503;
            });
            assertThat(readers).hasSizeLessThanOrEqualTo(EventStreams.MOST_STREAMS + 1);
        } finally {
            for (EventReader reader : readers) {
                reader.close();
            }
        }
        // Who is gone makes room.
        await().atMost(PATIENCE).until(() -> {
            try (EventReader reader = new EventReader(CLIENT, web.url().resolve("/api/events"))) {
                return reader.answer().statusCode() == 200;
            }
        });
    }

    /** As after a restart: another server of the same monitor has nothing but the topics. */
    @Test
    void shouldHaveAllOfThePastAgainAfterARestart() throws Exception {
        try (WebServer another = WebServer.start(HttpSettings.from(running.config()).orElseThrow())) {
            another.tellOf(running.monitor());
            for (String path : List.of("/api/rates?source=line-1", "/api/thresholds", "/api/alerts?source=line-2",
                    "/api/sources")) {
                JsonNode here = json(path);
                await(path).atMost(PATIENCE).untilAsserted(() -> assertThat(comparable(JSON.readTree(CLIENT.send(
                        HttpRequest.newBuilder(another.url().resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofByteArray()).body()))).isEqualTo(comparable(here)));
            }
        }
    }

    /** Without the time of the answer. */
    private static JsonNode comparable(JsonNode answer) {
        ((ObjectNode) answer).remove(List.of("from", "to"));
        return answer;
    }

    @ParameterizedTest
    @CsvSource({"/api/rates?points=1, points", "/api/rates?from=yesterday, from", "/api/alerts?limit=0, limit",
        "/api/images?before=x, before", "/api/sources?limit=1001, limit", "/api/thresholds?to=-1, to"})
    void shouldSayWhichParameterIsWrong(String path, String name) throws Exception {
        HttpResponse<byte[]> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("why").asText()).startsWith(name + " must be ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/images/1-2-3/thumbnail", "/api/images/nonsense/thumbnail"})
    void shouldHaveNoCopyOfAnImageThatItDoesNotKnow(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldShowItsSettings() throws Exception {
        assertThat(json("/api/model").path("historyMs").asLong())
                .isEqualTo(running.config().getLong(DashboardSettings.HISTORY));
        assertThat(json("/api/model").path("ready").asBoolean()).isTrue();
    }
}
