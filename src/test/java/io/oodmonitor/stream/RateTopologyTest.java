package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.OodRateAlert;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateTopologyTest {

    private static final int ID = 200;
    private static final int OOD = 5;

    /** Sends images of one score, evenly over the second that starts so many seconds after the start. */
    private static void second(TopologyFixture stream, String source, int second, int images, int score) {
        for (int i = 0; i < images; i++) {
            stream.image(source + second + "-" + score + "-" + i, source, score,
                    Duration.ofMillis(second * 1000L + i * 1000L / images));
        }
    }

    /** Sends, then lets the second pass by the wall clock too. */
    private static void live(TopologyFixture stream, String source, int second, int id, int ood) {
        second(stream, source, second, id, ID);
        second(stream, source, second, ood, OOD);
        stream.advance(Duration.ofSeconds(1));
    }

    private static TopologyFixture started() throws Exception {
        TopologyFixture stream = TopologyFixture.calibrated();
        // Timestamps are taken at most at the wall clock's now.
        stream.driver.advanceWallClockTime(Duration.ofMinutes(1));
        return stream;
    }

    @Test
    void shouldCloseAWindowOnceWhenTheSourceHasPassedItsEndAndGrace() throws Exception {
        try (TopologyFixture stream = started()) {
            second(stream, "camera", 0, 30, ID);
            second(stream, "camera", 0, 10, OOD);
            stream.image("in-grace", "camera", ID, Duration.ofMillis(1050));
            stream.advance(Duration.ofSeconds(1));
            assertThat(stream.rates.isEmpty()).isTrue();

            stream.image("past-grace", "camera", ID, Duration.ofMillis(1100));
            stream.advance(Duration.ofSeconds(1));
            OodRate rate = stream.rates.readValue();
            assertThat(stream.rates.isEmpty()).isTrue();
            assertThat(rate.getSource()).isEqualTo("camera");
            assertThat(rate.getModel()).isEqualTo("pixels");
            assertThat(rate.getWindowStart()).isEqualTo(TopologyFixture.START);
            assertThat(rate.getWindowEnd()).isEqualTo(TopologyFixture.START.plusSeconds(1));
            assertThat(rate.getImages()).isEqualTo(40);
            assertThat(rate.getOod()).isEqualTo(10);
            assertThat(rate.getRate()).isEqualTo(0.25);
            assertThat(rate.getLower()).isCloseTo(0.1419, within(1e-4));
            assertThat(rate.getUpper()).isCloseTo(0.4019, within(1e-4));
            assertThat(rate.getExpectedRate()).isEqualTo(0.05);
        }
    }

    @Test
    void shouldCloseTheLastWindowOfASourceThatGoesQuiet() throws Exception {
        try (TopologyFixture stream = started()) {
            second(stream, "camera", 0, 30, ID);
            stream.advance(Duration.ofSeconds(4));
            assertThat(stream.rates.isEmpty()).isTrue();
            stream.advance(Duration.ofSeconds(2));
            assertThat(stream.rates.readValue().getImages()).isEqualTo(30);
            stream.advance(Duration.ofSeconds(20));
            assertThat(stream.rates.isEmpty()).isTrue();
        }
    }

    @Test
    void shouldCountLateImagesInTheNextWindowAndSaySo() throws Exception {
        try (TopologyFixture stream = started()) {
            second(stream, "camera", 0, 30, ID);
            second(stream, "camera", 2, 1, ID);
            stream.advance(Duration.ofSeconds(1));
            assertThat(stream.rates.readValue().getImages()).isEqualTo(30);

            second(stream, "camera", 0, 7, OOD);
            second(stream, "camera", 5, 1, ID);
            stream.advance(Duration.ofSeconds(10));
            List<OodRate> rates = stream.rates.readValuesToList();
            assertThat(rates).extracting(r -> r.getWindowStart().getEpochSecond()
                    - TopologyFixture.START.getEpochSecond()).containsExactly(1L, 2L, 5L);
            assertThat(rates).extracting(OodRate::getImages).containsExactly(7L, 1L, 1L);
            assertThat(rates).extracting(OodRate::getOod).containsExactly(7L, 0L, 0L);
            assertThat(rates).extracting(OodRate::getLate).containsExactly(7L, 0L, 0L);
        }
    }

    @Test
    void shouldNotLetAClockThatRunsAheadCloseWindowsThatHaveNotBeen() throws Exception {
        try (TopologyFixture stream = started()) {
            stream.image("future", "camera", ID, Duration.ofDays(400));
            stream.advance(Duration.ofSeconds(10));
            assertThat(stream.rates.readValue().getWindowStart())
                    .isEqualTo(TopologyFixture.START.plusSeconds(60));
        }
    }

    @Test
    void shouldKeepSourcesApart() throws Exception {
        try (TopologyFixture stream = started()) {
            second(stream, "a", 0, 10, ID);
            second(stream, "b", 0, 20, OOD);
            stream.advance(Duration.ofSeconds(10));
            assertThat(stream.rates.readKeyValuesToMap()).hasSize(2)
                    .hasEntrySatisfying("a", rate -> assertThat(rate.getOod()).isZero())
                    .hasEntrySatisfying("b", rate -> assertThat(rate.getOod()).isEqualTo(20));
        }
    }

    @Test
    void shouldRaiseOnceAndClearOnce() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            live(stream, "camera", 0, 60, 3);
            live(stream, "camera", 1, 20, 40);
            live(stream, "camera", 2, 20, 40);
            live(stream, "camera", 3, 0, 60);
            live(stream, "camera", 4, 60, 3);
            live(stream, "camera", 5, 60, 3);
            stream.advance(Duration.ofSeconds(10));

            List<OodRateAlert> alerts = stream.rateAlerts.readValuesToList();
            assertThat(alerts).extracting(OodRateAlert::getState)
                    .containsExactly(AlertState.RAISED, AlertState.CLEARED);
            OodRateAlert raised = alerts.get(0);
            assertThat(raised.getWindowStart()).isEqualTo(TopologyFixture.START.plusSeconds(1));
            assertThat(raised.getImages()).isEqualTo(60);
            assertThat(raised.getOod()).isEqualTo(40);
            assertThat(raised.getPValue()).isLessThan(1e-6);
            assertThat(raised.getExpectedRate()).isEqualTo(0.05);
            assertThat(raised.getSampleIds()).hasSize(10).doesNotHaveDuplicates().allMatch(id -> id.contains("-5-"));
            assertThat(alerts.get(1).getWindowStart()).isEqualTo(TopologyFixture.START.plusSeconds(4));
            assertThat(stream.rates.getQueueSize()).isEqualTo(6);
        }
    }

    @Test
    void shouldNotRaiseForAFewImages() throws Exception {
        try (TopologyFixture stream = started()) {
            second(stream, "quiet", 0, 19, OOD);
            stream.advance(Duration.ofSeconds(10));
            assertThat(stream.rates.readValue().getOod()).isEqualTo(19);
            assertThat(stream.rateAlerts.isEmpty()).isTrue();
        }
    }

    @Test
    void shouldNeitherRaiseNorClearWhileUncalibrated() throws Exception {
        try (TopologyFixture stream = TopologyFixture.uncalibrated()) {
            stream.driver.advanceWallClockTime(Duration.ofMinutes(1));
            second(stream, "camera", 0, 50, OOD);
            stream.advance(Duration.ofSeconds(10));
            OodRate rate = stream.rates.readValue();
            assertThat(rate.getImages()).isZero();
            assertThat(rate.getUncalibrated()).isEqualTo(50);
            assertThat(rate.getRate()).isZero();
            assertThat(stream.rateAlerts.isEmpty()).isTrue();
        }
    }

    @Test
    void shouldCountEveryImageInExactlyOneWindowWhateverTheOrder() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated(Map.of(MonitorConfig.RATE_GRACE, "0"))) {
            stream.driver.advanceWallClockTime(Duration.ofMinutes(1));
            Random random = new Random(7);
            for (int i = 0; i < 500; i++) {
                stream.image("i" + i, "s" + random.nextInt(3), random.nextInt(256),
                        Duration.ofMillis(random.nextInt(50_000)));
                if (i % 20 == 0) {
                    stream.advance(Duration.ofMillis(300));
                }
            }
            stream.advance(Duration.ofMinutes(2));
            List<OodRate> rates = stream.rates.readValuesToList();
            assertThat(rates.stream().mapToLong(OodRate::getImages).sum()).isEqualTo(500);
            assertThat(rates.stream().mapToLong(OodRate::getOod).sum()).isEqualTo(stream.alerts.getQueueSize());
            assertThat(rates).extracting(rate -> rate.getSource() + rate.getWindowStart()).doesNotHaveDuplicates();
        }
    }
}
