package io.oodmonitor.web;

import static io.oodmonitor.web.DashboardPage.eventually;
import static io.oodmonitor.web.DashboardPage.keyOf;
import static io.oodmonitor.web.DashboardPage.number;
import static io.oodmonitor.web.DashboardPage.share;
import static io.oodmonitor.web.DashboardPage.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.harness.Alone;
import io.oodmonitor.harness.CommittedRecords;
import io.oodmonitor.harness.KafkaUnderTest;
import io.oodmonitor.harness.RunningMonitor;
import io.oodmonitor.history.RateHistory;
import io.oodmonitor.history.RateWindow;
import io.oodmonitor.stream.HttpSettings;
import io.oodmonitor.stream.MonitorConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * The dashboard in a real browser, over a real monitor: one day in the life of a page, in order. Leaves what was looked
 * at in target/dashboard; live.png there is the README's picture.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Alone
@Timeout(180)
class DashboardIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Path PICTURES = Path.of("target", "dashboard");
    private static final Duration PATIENCE = DashboardPage.PATIENCE;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int CALIBRATION = 200;
    private static final int PER_WINDOW = 10;
    private static final int MOST_IMAGES = 480;
    private static final int FLOOD = 400;
    /** Of the past that is sent at once, as if the page had been looked at all the time. */
    private static final int PAST_WINDOWS = 86;
    /** Of the day; the date before it is in the browser's words. */
    private static final DateTimeFormatter SHOWN_TIME =
            DateTimeFormatter.ofPattern(" HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private DashboardPage page;
    private RunningMonitor running;
    private WebServer web;
    private int port;
    private Cameras cameras;
    private Cameras.Live live;
    private CommittedRecords<byte[], OodScore> flagged;
    private CommittedRecords<byte[], OodRate> rates;
    private CommittedRecords<byte[], OodRateAlert> rateAlerts;
    private Instant pastBegins;

    @BeforeAll
    void setUp(@TempDir Path folder) throws Exception {
        page = new DashboardPage();
        running = new RunningMonitor(KAFKA, folder, Path.of("models", "parts"), Map.of(
                MonitorConfig.CALIBRATION_MINIMUM, Integer.toString(CALIBRATION),
                MonitorConfig.CALIBRATION_WINDOW, Integer.toString(CALIBRATION),
                MonitorConfig.RATE_WINDOW, Long.toString(WINDOW.toMillis()),
                MonitorConfig.RATE_GRACE, "200",
                MonitorConfig.RATE_IDLE, "2000",
                MonitorConfig.ALERT_SIGNIFICANCE, "1e-4",
                MonitorConfig.ALERT_MINIMUM_IMAGES, Integer.toString(PER_WINDOW)));
        flagged = running.committed(running.topics().alerts(), OodScore.class);
        rates = running.committed(running.topics().rates(), OodRate.class);
        rateAlerts = running.committed(running.topics().rateAlerts(), OodRateAlert.class);
        web = serve(0, Optional.empty());
        port = web.url().getPort();
        running.start(web::listener);
        web.tellOf(running.monitor());
        cameras = new Cameras(running);
    }

    private static WebServer serve(int port, Optional<String> token) {
        return WebServer.start(new HttpSettings("127.0.0.1", port, token.map(Password::new), false));
    }

    @AfterAll
    void tearDown() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {page, live, cameras, flagged, rates, rateAlerts, web,
            running}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @AfterEach
    void shouldHaveNothingToComplainOf() {
        assertThat(page.browser().complaints()).isEmpty();
    }

    @Test
    @Order(1)
    void shouldSayHowToBegin() throws Exception {
        open(1280, "light");

        eventually(() -> page.find("#empty").isDisplayed());
        eventually(() -> page.text("#state").equals("Ready"));
        assertThat(page.text("#empty")).contains("./ood-monitor send --render");
        assertThat(page.text("#model")).startsWith("parts ");
        page.browser().screenshot(PICTURES.resolve("empty.png"));
    }

    @Test
    @Order(2)
    void shouldShowTheThresholdOfTheTopic() {
        cameras.calibrate(CALIBRATION);

        try (CommittedRecords<byte[], OodThreshold> thresholds =
                     running.committed(running.topics().thresholds(), OodThreshold.class)) {
            OodThreshold last = last(thresholds.await("a threshold of all calibration images",
                    read -> !read.isEmpty() && last(read).getSamples() == CALIBRATION, PATIENCE));

            eventually(() -> page.text("#thresholds-said").contains("from " + CALIBRATION + " images"));
            assertThat(number(page.text("#thresholds-said").split(" ")[0]))
                    .isCloseTo(last.getThreshold(), within(0.005));
            assertThat(page.text("#thresholds-said")).contains("(version " + last.getVersion() + ")");
        }
    }

    @Test
    @Order(3)
    void shouldShowAnAlertWithinTwoSecondsOfTheTopic() {
        page.note();

        sendThePast();
        live = cameras.live();

        // Other sources' alerts stand in other partitions, so the one that stays need not be the last one read.
        OodRateAlert raised = last(ofCamera3(rateAlerts.await("the alert that stays",
                read -> !ofCamera3(read).isEmpty(), PATIENCE)));
        long told = System.currentTimeMillis();
        assertThat(raised.getState()).isEqualTo(AlertState.RAISED);
        String key = raised.getSource() + " " + raised.getWindowStart().toEpochMilli();
        assertThat(page.seenAt(key) - told).isLessThanOrEqualTo(SOON.toMillis());
        assertThat(page.texts("#alerts .raised")).anyMatch(chip -> chip.contains("camera-3"));
    }

    private static List<ConsumerRecord<byte[], OodRateAlert>> ofCamera3(
            List<ConsumerRecord<byte[], OodRateAlert>> read) {
        return read.stream().filter(alert -> alert.value().getSource().equals("camera-3")).toList();
    }

    /** Fourteen minutes until now: two alerts that are over, and one that stays. */
    private void sendThePast() {
        long now = System.currentTimeMillis();
        Instant end = Instant.ofEpochMilli(now - now % WINDOW.toMillis());
        pastBegins = end.minus(WINDOW.multipliedBy(PAST_WINDOWS));
        for (int window = 0; window < PAST_WINDOWS; window++) {
            for (int image = 0; image < PER_WINDOW; image++) {
                Instant at = pastBegins.plus(WINDOW.multipliedBy(window))
                        .plus(WINDOW.dividedBy(PER_WINDOW).multipliedBy(image));
                for (String source : Cameras.SOURCES) {
                    cameras.send(source, at, isOdd(source, window, image));
                }
            }
        }
        cameras.flush();
    }

    private static boolean isOdd(String source, int window, int image) {
        return switch (source) {
            case "camera-1" -> window >= 22 && window < 30 && image % 3 != 0;
            case "camera-2" -> window >= 50 && window < 60 && image % 5 != 0;
            default -> window >= PAST_WINDOWS - 8;
        };
    }

    @Test
    @Order(4)
    void shouldShowAnImageWithinTwoSecondsOfItsVerdict() {
        int before = flagged.awaitEnd(PATIENCE).size();

        List<ConsumerRecord<byte[], OodScore>> read = flagged.awaitCount(before + 1, PATIENCE);
        long told = System.currentTimeMillis();
        assertThat(page.seenAt(keyOf(read.get(read.size() - 1))) - told).isLessThanOrEqualTo(SOON.toMillis());
    }

    @Test
    @Order(5)
    void shouldFitEveryScreen() throws Exception {
        shouldFit(1280, "light");
        assertThat(page.browser().hindrances()).isEmpty();
        page.browser().screenshotOfView(PICTURES.resolve("live.png"));
        shouldFit(390, "dark");
        assertThat(page.browser().hindrances()).isEmpty();
        shouldFit(1280, "dark");
        shouldFit(390, "light");
        live.close();
        try (CommittedRecords<byte[], byte[]> scores = running.committed(running.topics().scores())) {
            scores.awaitCount(cameras.sent(), PATIENCE);
        }
    }

    private void shouldFit(int width, String colours) throws Exception {
        open(width, colours);
        eventually(() -> page.texts("#alerts .raised").size() == 1 && page.isThere(".gallery img"));
        page.find("#range [data-range='900000']").click();
        page.find("#alerts .raised").click();
        eventually(() -> page.isThere("#episode img") && page.is(
                "[...document.querySelectorAll('#episode img')].every(each => each.naturalWidth > 0)"));
        eventually(() -> page.text("[data-figure=p50]").endsWith("s"));
        eventually(() -> page.shareOfThreshold() > 0.95);

        assertThat(page.is("document.documentElement.scrollWidth <= " + width)).isTrue();
        assertThat(page.chartsCutOff()).isZero();
        assertThat(page.cardWidths()).isEqualTo(1);
        page.browser().screenshot(PICTURES.resolve(width + "-" + colours + ".png"));
    }

    @Test
    @Order(6)
    void shouldShowTheImagesOfTheTopic() {
        List<ConsumerRecord<byte[], OodScore>> all = newestFirst();
        List<ConsumerRecord<byte[], OodScore>> latest = all.subList(0, 20);
        // Partition by partition, so the latest may be there before one of the others.
        eventually(() -> page.keys(".gallery li").containsAll(latest.stream().map(DashboardPage::keyOf).toList()));

        List<String> cards = page.texts(".gallery li");
        assertThat(cards).hasSizeGreaterThanOrEqualTo(24);
        for (ConsumerRecord<byte[], OodScore> each : latest) {
            String card = page.text(".gallery [data-key='" + keyOf(each) + "']");
            OodScore verdict = each.value();
            assertThat(card).contains(verdict.getPredictedLabel(), verdict.getSource());
            assertThat(number(page.text(".gallery [data-key='" + keyOf(each) + "'] .pair:nth-of-type(3) span")))
                    .isCloseTo(verdict.getScore(), within(0.005));
        }
        // All that there are, page by page, but no more than a page can bear.
        List<String> expected = all.stream().map(DashboardPage::keyOf).limit(MOST_IMAGES).toList();
        await().atMost(PATIENCE).untilAsserted(() -> {
            if (page.find("#older").isDisplayed()) {
                page.find("#older").click();
            }
            assertThat(page.keys(".gallery li")).isEqualTo(expected);
        });
    }

    /** All that were flagged until now, as the page orders them. */
    private List<ConsumerRecord<byte[], OodScore>> newestFirst() {
        return flagged.awaitEnd(PATIENCE).stream()
                .sorted(Comparator.<ConsumerRecord<byte[], OodScore>, Instant>comparing(DashboardIT::scoredAt)
                        .thenComparing(ConsumerRecord::partition).thenComparing(ConsumerRecord::offset).reversed())
                .toList();
    }

    @Test
    @Order(7)
    void shouldShowTheRatesOfTheTopic() {
        long from = pastBegins.toEpochMilli();
        long to = pastBegins.plus(WINDOW.multipliedBy(PAST_WINDOWS - 1)).toEpochMilli();
        List<OodRate> expected = rates.awaitEnd(PATIENCE).stream().map(ConsumerRecord::value)
                .filter(rate -> rate.getSource().equals("camera-2"))
                .filter(rate -> rate.getWindowStart().toEpochMilli() >= from)
                .filter(rate -> rate.getWindowStart().toEpochMilli() < to)
                .sorted(Comparator.comparing(OodRate::getWindowStart).reversed()).toList();
        assertThat(expected).hasSize(PAST_WINDOWS - 1);

        page.open(URI.create(web.url() + "/#source=camera-2&range=" + from + "-" + to), 1280, "light");
        page.find("#rate-table summary").click();
        eventually(() -> page.texts("#rate-table .scroll:first-child tbody tr").size() == expected.size());

        JsonNode rows = page.browser().evaluate("""
                [...document.querySelectorAll("#rate-table .scroll:first-child tbody tr")]
                  .map(row => [...row.cells].map(cell => cell.textContent))
                """);
        for (int i = 0; i < expected.size(); i++) {
            OodRate rate = expected.get(i);
            JsonNode row = rows.get(i);
            assertThat(row.get(0).asText()).endsWith(SHOWN_TIME.format(rate.getWindowStart()));
            assertThat(row.get(1).asLong()).isEqualTo(rate.getImages());
            assertThat(row.get(2).asLong()).isEqualTo(rate.getOod());
            assertThat(share(row.get(3).asText())).isCloseTo(rate.getRate(), within(0.0005));
            assertThat(share(row.get(4).asText().split(" to ")[0])).isCloseTo(rate.getLower(), within(0.0005));
            assertThat(share(row.get(4).asText().split(" to ")[1])).isCloseTo(rate.getUpper(), within(0.0005));
        }
        assertThat(page.text("#rate-said")).contains(String.format(Locale.ROOT, "%,d images",
                expected.stream().mapToLong(OodRate::getImages).sum()), "1 alert.");
    }

    @Test
    @Order(8)
    void shouldJudgeAnImageAsTheStreamDoes(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("odd.jpg"), cameras.oddPicture());
        Path broken = Files.writeString(folder.resolve("broken.jpg"), "no image");

        page.find("#file").sendKeys(file.toAbsolutePath().toString());
        eventually(() -> page.text("#answer").contains("threshold"));

        OodScore streamed = flagged.soFar().stream().map(ConsumerRecord::value)
                .filter(verdict -> page.text("#answer").contains("score " + shown(verdict.getScore()) + ","))
                .findFirst().orElseThrow(() ->
                        new AssertionError("The stream gave no image the score of: " + page.text("#answer")));
        assertThat(page.text("#answer")).contains("Out of distribution", streamed.getPredictedLabel());
        page.find("#file").sendKeys(broken.toAbsolutePath().toString());
        eventually(() -> !page.text("#answer").contains("threshold") && !page.text("#answer").contains("Scoring"));
        assertThat(page.text("#answer")).isNotEmpty();
        // The answer 400 is the one that was asked for.
        assertThat(page.browser().complaints()).singleElement().asString().contains("/score", "400");
    }

    @Test
    @Order(9)
    void shouldBeUsedWithoutAMouse() {
        open(1280, "light");
        eventually(() -> page.isThere(".bars button") && page.isThere(".gallery button"));

        page.focus(".bars button:last-child");
        page.press(Keys.ENTER);
        eventually(() -> page.isThere("#episode .card"));
        assertThat(page.text("#episode header")).contains("Images of camera-3");
        assertThat(page.value("document.activeElement.getAttribute('aria-pressed')")).isEqualTo("true");

        // Images of an alert that is over: found by when they came, as they were judged later.
        page.focus(".bars button:nth-child(2)");
        page.press(Keys.ENTER);
        eventually(() -> page.text("#episode header").contains("Images of camera-2"));
        assertThat(page.texts("#episode .card")).isNotEmpty().allMatch(card -> card.contains("camera-2"));
        // One stop of the tab key for all alerts, arrows from one to the next.
        page.press(Keys.ARROW_LEFT);
        assertThat(page.isFocused(".bars button:first-child")).isTrue();
        assertThat(page.texts(".bars [tabindex='0']")).hasSize(1);
        page.press(Keys.END);
        assertThat(page.isFocused(".bars button:last-child")).isTrue();

        page.focus(".gallery button");
        String focused = page.value("document.activeElement.closest('li').dataset.key");
        page.press(Keys.ENTER);
        assertThat(page.is("document.getElementById('detail').open")).isTrue();
        assertThat(page.value("document.activeElement.textContent")).isEqualTo("Out of distribution");
        assertThat(page.browser().hindrances()).isEmpty();
        assertThat(page.text("#detail")).contains("p-value", "Confidence", "camera-");
        page.press(Keys.ESCAPE);
        assertThat(page.is("document.getElementById('detail').open")).isFalse();
        assertThat(page.value("document.activeElement.closest('li').dataset.key")).isEqualTo(focused);

        page.focus("#rate-plot");
        page.press(Keys.END);
        assertThat(page.text("#rate-readout")).matches(".+: .+% \\(.+% to .+%\\), \\d+ of \\d+");
        // What was picked is read out once, though the chart moves on.
        page.find("#range [data-range='900000']").click();
        eventually(() -> page.text("#rate-said").contains(" in 15 min,"));
        page.focus("#rate-plot");
        page.press(Keys.END);
        page.press(Keys.ARROW_LEFT);
        String picked = page.text("#rate-readout");
        assertThat(picked).isNotEmpty();
        await().during(WINDOW).atMost(PATIENCE).until(() -> page.text("#rate-readout").equals(picked));

        page.find("#search").sendKeys("camera-2");
        eventually(() -> page.texts("#sources li").size() == 1);
        page.find("#sources li button").sendKeys(Keys.ENTER);
        eventually(() -> page.text("#rate-title").contains("of camera-2"));
        eventually(() -> page.texts(".gallery .card").stream().allMatch(card -> card.contains("camera-2")));
    }

    @Test
    @Order(10)
    void shouldComeBackWithTheMonitor() throws Exception {
        open(1280, "light");
        eventually(() -> page.text("#state").equals("Ready") && page.isThere(".gallery .card"));
        web.close();
        running.stop();
        eventually(() -> page.text("#state").equals("Reconnecting"));
        web = serve(port, Optional.of("0123456789abcdef"));
        eventually(() -> page.text("#notice").startsWith("This monitor wants a token"));
        // As whoever is asked for a password, and gives it.
        page.open(URI.create(web.url().toString().replace("//", "//me:0123456789abcdef@")), 1280, "light");
        open(1280, "light");
        eventually(() -> page.text("#notice").startsWith("The monitor starts"));
        web.close();
        web = serve(port, Optional.empty());
        running.start(web::listener);
        web.tellOf(running.monitor());

        eventually(() -> page.text("#state").equals("Ready"));
        eventually(() -> !page.find("#notice").isDisplayed());
        eventually(() -> page.text("#rate-said").contains(String.format(Locale.ROOT, " %,d images ",
                rates.soFar().stream().mapToLong(rate -> rate.value().getImages()).sum())));
        assertThat(page.texts("#alerts .raised")).singleElement().asString().contains("camera-3");
        int before = flagged.awaitEnd(PATIENCE).size();
        for (int i = 0; i < 5; i++) {
            cameras.send("camera-3", Instant.now(), true);
        }
        cameras.flush();
        String key = keyOf(lastRecord(flagged.awaitCount(before + 1, PATIENCE)));
        eventually(() -> page.isThere(".gallery [data-key='" + key + "'] img"));

        // More than the page is told of one by one.
        for (int i = 0; i < FLOOD; i++) {
            cameras.send("camera-3", Instant.now(), true);
        }
        cameras.flush();
        flagged.awaitCount(before + FLOOD / 2, PATIENCE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(page.keys(".gallery li").subList(0, 24))
                .isEqualTo(newestFirst().stream().limit(24).map(DashboardPage::keyOf).toList()));
        // Nobody was there to answer; nothing else was wrong.
        assertThat(page.browser().complaints())
                .allMatch(said -> said.matches("(?s).*(net::ERR_|status of (401|503)).*"));
    }

    @Test
    @Order(11)
    void shouldSayThatTheAlertWhoseImagesAreShownIsOver() {
        open(1280, "light");
        eventually(() -> page.text("#state").equals("Ready") && page.isThere(".gallery .card"));
        await().atMost(PATIENCE).until(() -> {
            cameras.send("camera-4", Instant.now(), true);
            cameras.flush();
            return page.texts("#alerts .raised").stream().anyMatch(chip -> chip.contains("camera-4"));
        });
        page.value("[...document.querySelectorAll('#alerts .raised')]"
                + ".find(each => each.textContent.includes('camera-4')).click()");
        eventually(() -> page.text("#episode header").contains("Images of camera-4, since "));

        // Seldom: an image out of distribution, of any source, has the title read anew anyway.
        await().pollInterval(WINDOW).atMost(PATIENCE).until(() -> {
            for (int i = 0; i < PER_WINDOW; i++) {
                cameras.send("camera-4", Instant.now(), false);
            }
            cameras.flush();
            return !page.text("#episode header").contains("since");
        });
        assertThat(page.text("#episode header")).matches("Images of camera-4, .+–.+");
    }

    @Test
    @Order(12)
    void shouldStayResponsiveWithAMillionWindows() {
        int sources = 1_000;
        int windows = 1_000;
        fill(web.dashboard().told().orElseThrow().history().rates(), sources, windows);
        page.open(URI.create(web.url() + "/#range=3600000"), 1280, "light");
        eventually(() -> page.texts("#sources li").size() == 101);
        assertThat(page.text("#sources .said")).startsWith("100 of 1,00");

        Duration range = page.timed("document.querySelector('#range [data-range=\"86400000\"]').click()",
                "/ in 24 h,/.test(document.getElementById('rate-said').textContent)");
        Duration source = page.timed("document.querySelector('#sources li:nth-child(50) button').click()",
                "/of source-/.test(document.getElementById('chosen').textContent) "
                        + "&& / of 10,000 images/.test(document.getElementById('rate-said').textContent)");
        Duration search = page.timed("const field = document.getElementById('search'); field.value = 'source-0777'; "
                        + "field.dispatchEvent(new Event('input'))",
                "document.querySelectorAll('#sources li').length === 1");

        System.out.printf("dashboard, a million windows: range %d ms, source %d ms, search %d ms%n",
                range.toMillis(), source.toMillis(), search.toMillis());
        // On a quiet machine it is a tenth of that.
        assertThat(List.of(range, source, search)).allMatch(each -> each.compareTo(Duration.ofSeconds(3)) < 0);
    }

    private static void fill(RateHistory history, int sources, int windows) {
        long length = Duration.ofHours(23).toMillis() / windows;
        long end = System.currentTimeMillis();
        List<String> names = IntStream.range(0, sources).mapToObj("source-%04d"::formatted).toList();
        for (int window = windows; window > 0; window--) {
            long start = end - window * length;
            for (int source = 0; source < sources; source++) {
                history.add(new RateWindow(names.get(source), start, start + length, 10,
                        (source + window) % 20 == 0 ? 1 : 0, 0, 0, 1, 0.05));
            }
        }
    }

    private void open(int width, String colours) {
        page.open(web.url(), width, colours);
    }

    private static <T> T last(List<ConsumerRecord<byte[], T>> records) {
        return lastRecord(records).value();
    }

    private static <T> ConsumerRecord<byte[], T> lastRecord(List<ConsumerRecord<byte[], T>> records) {
        return records.get(records.size() - 1);
    }

    private static Instant scoredAt(ConsumerRecord<byte[], OodScore> record) {
        return record.value().getScoredAt();
    }
}
