package io.oodmonitor.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.cli.text.Style;
import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.Verdict;
import io.oodmonitor.stream.processor.DeadLetterProcessor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ViewTest {

    private static final Instant TIME = Instant.parse("2026-11-24T10:00:00.120Z");

    private static OodScore.Builder score() {
        return OodScore.newBuilder().setId("a/1.jpg").setSource("line-1").setCapturedAt(TIME).setScoredAt(TIME)
                .setModel("parts").setModelVersion("1").setDetectorVersion("dice@90#0").setPredictedLabel("gear")
                .setPredictedIndex(3).setConfidence(0.991f).setScore(11.5f).setEnergy(-11.5f).setThreshold(12.25)
                .setThresholdVersion(2).setPValue(0.004).setVerdict(Verdict.OUT_OF_DISTRIBUTION);
    }

    private static OodRate.Builder rate() {
        return OodRate.newBuilder().setSource("line-1").setModel("parts").setWindowStart(TIME)
                .setWindowEnd(TIME.plusSeconds(10)).setImages(200).setOod(100).setRate(0.5)
                .setLower(0.43).setUpper(0.57).setExpectedRate(0.05);
    }

    @Test
    void shouldShowAVerdictInAsManyCellsAsColumns() {
        List<String> cells = ScoreView.cells(score().build(), Style.PLAIN);

        assertThat(cells).hasSameSizeAs(ScoreView.columns());
        assertThat(cells.subList(1, cells.size())).containsExactly("line-1", "a/1.jpg", "gear", "99.1%", "11.500",
                "12.250", "0.0040", "OUT");
    }

    @Test
    void shouldShowWhatIsNotKnownAsADash() {
        OodScore uncalibrated = score().setThreshold(null).setPValue(null).setVerdict(Verdict.UNCALIBRATED).build();

        assertThat(ScoreView.cells(uncalibrated, Style.PLAIN)).endsWith("-", "-", "uncalibrated");
    }

    @Test
    void shouldNotPassOnWhatATerminalWouldObey() {
        assertThat(ScoreView.cells(score().setId("\u001b]0;x\u0007").setSource("a\nb").build(), Style.PLAIN))
                .contains("?]0;x?", "a?b");
    }

    @Test
    void shouldShowARateWithABar() {
        List<String> cells = RateView.cells(rate().setLate(3).build(), Style.PLAIN);

        assertThat(cells).hasSameSizeAs(RateView.columns());
        assertThat(cells.subList(1, cells.size())).containsExactly("line-1", "200", "100", "50.0%",
                "[##########..........]", "43.0% to 57.0%", "5.0%", "3 late");
        assertThat(RateView.cells(rate().build(), Style.COLOURED).get(5)).startsWith("\u001b[31m");
    }

    @Test
    void shouldShowAnAlert() {
        OodRateAlert alert = OodRateAlert.newBuilder().setSource("line-1").setModel("parts").setState(AlertState.RAISED)
                .setWindowStart(TIME).setWindowEnd(TIME.plusSeconds(10)).setImages(200).setOod(100).setRate(0.5)
                .setExpectedRate(0.05).setPValue(1e-40).setSampleIds(List.of("a", "b", "c", "d")).build();

        List<String> cells = RateAlertView.cells(alert, Style.PLAIN);

        assertThat(cells).hasSameSizeAs(RateAlertView.columns());
        assertThat(cells.subList(1, cells.size())).containsExactly("line-1", "RAISED", "100", "200", "50.0%", "5.0%",
                "1.0e-40", "a, b, c");
    }

    @Test
    void shouldShowAThreshold() {
        OodThreshold threshold = OodThreshold.newBuilder().setModel("parts").setModelVersion("1")
                .setDetectorVersion("dice@90#0").setVersion(7).setThreshold(12.25).setRank(10)
                .setTargetFalseAlarmRate(0.05).setSamples(200).setAccuracy(null).setUpdatedAt(TIME)
                .setQuantiles(List.of(1.0)).build();

        List<String> cells = ThresholdView.cells(threshold);

        assertThat(cells).hasSameSizeAs(ThresholdView.columns());
        assertThat(cells.subList(1, cells.size())).containsExactly("parts 1", "dice@90#0", "7", "12.2500", "200",
                "5.0%", "-");
    }

    @Test
    void shouldWritePlainJson() {
        assertThat(RecordJson.of(score().setPValue(null).build()).toString()).isEqualTo("{\"id\":\"a/1.jpg\","
                + "\"source\":\"line-1\",\"captured_at\":\"2026-11-24T10:00:00.120Z\","
                + "\"scored_at\":\"2026-11-24T10:00:00.120Z\",\"model\":\"parts\",\"model_version\":\"1\","
                + "\"detector_version\":\"dice@90#0\",\"predicted_label\":\"gear\",\"predicted_index\":3,"
                + "\"confidence\":0.991,\"score\":11.5,\"energy\":-11.5,\"threshold\":12.25,\"threshold_version\":2,"
                + "\"p_value\":null,\"verdict\":\"OUT_OF_DISTRIBUTION\"}");
    }

    @Test
    void shouldWriteNumbersThatJsonDoesNotKnowAsText() {
        assertThat(RecordJson.of(score().setScore(Float.NaN).build()).get("score").asText()).isEqualTo("NaN");
    }

    @Test
    void shouldShowADeadLetterWithItsOrigin() {
        ConsumerRecord<byte[], byte[]> letter = new ConsumerRecord<>("dead", 0, 5, "img-1".getBytes(), new byte[1_500]);
        header(letter, DeadLetterProcessor.REASON_HEADER, "CORRUPT_IMAGE");
        header(letter, DeadLetterProcessor.MESSAGE_HEADER, "it ends early");
        header(letter, DeadLetterProcessor.TOPIC_HEADER, "images");
        header(letter, DeadLetterProcessor.PARTITION_HEADER, "2");
        header(letter, DeadLetterProcessor.OFFSET_HEADER, "41");
        DeadLetterView view = new DeadLetterView(Style.PLAIN);

        Entry entry = view.show(letter).orElseThrow();

        assertThat(entry.cells()).hasSameSizeAs(view.columns());
        assertThat(entry.cells().subList(1, 6)).containsExactly("CORRUPT_IMAGE", "images-2@41", "img-1", "1.5 kB",
                "it ends early");
        assertThat(entry.json().get("offset").asLong()).isEqualTo(41);
        assertThat(entry.json().get("value_bytes").asInt()).isEqualTo(1_500);
    }

    @Test
    void shouldShowDeadLettersWithoutValueKeyOrHeaders() {
        ConsumerRecord<byte[], byte[]> nothing = new ConsumerRecord<>("dead", 0, 5, null, null);
        ConsumerRecord<byte[], byte[]> binary = new ConsumerRecord<>("dead", 0, 5, new byte[] {(byte) 0xff}, null);
        DeadLetterView view = new DeadLetterView(Style.PLAIN);

        assertThat(view.show(nothing).orElseThrow().cells()).contains("null", "-", "?");
        assertThat(view.show(binary).orElseThrow().json().get("key_base64").asText()).isEqualTo("/w==");
    }

    @Test
    void shouldKnowFeedsByTheirWords() {
        assertThat(Feed.words()).containsExactly("alerts", "scores", "rates", "rate-alerts", "thresholds",
                "dead-letters");
        assertThat(Feed.of("rate-alerts")).contains(Feed.RATE_ALERTS);
        assertThat(Feed.of("RATES")).isEqualTo(Optional.empty());
    }

    private static void header(ConsumerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
