package io.oodmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.oodmonitor.browser.Browser;
import io.oodmonitor.event.AlertState;
import io.oodmonitor.event.OodRate;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.OodThreshold;
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
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
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
@Timeout(180)
class DashboardIT {

    @RegisterExtension
    static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Path PICTURES = Path.of("target", "dashboard");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
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

    /** What a canvas shows, read from a copy: the browser warns if a page's own is read often. */
    private static final String PIXELS = """
            const pixels = canvas => {
              const {width, height} = canvas;
              const copy = Object.assign(document.createElement("canvas"), {width, height});
              const context = copy.getContext("2d", {willReadFrequently: true});
              context.drawImage(canvas, 0, 0);
              return context.getImageData(0, 0, width, height);
            };
            """;
    /** How much of the histogram's height the line of the threshold covers: less than all if it has dashes. */
    private static final String SHARE_OF_THRESHOLD = """
            (() => {
              %s
              const canvas = document.querySelector("#scores canvas");
              if (!canvas) return 0;
              const pen = document.createElement("canvas").getContext("2d");
              pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--alert").trim();
              pen.fillRect(0, 0, 1, 1);
              const wanted = pixels(pen.canvas).data.subarray(0, 4).join();
              const {data, width, height} = pixels(canvas);
              const column = Array(width).fill(0);
              for (let i = 0; i < width * height; i++) {
                if (data.subarray(4 * i, 4 * i + 4).join() === wanted) column[i %% width]++;
              }
              return Math.max(...column) / document.querySelector("#scores .u-over").clientHeight / devicePixelRatio;
            })()
            """.formatted(PIXELS);

    private Browser browser;
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
        browser = Browser.start();
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
        for (AutoCloseable each : new AutoCloseable[] {browser, live, cameras, flagged, rates, rateAlerts, web,
            running}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @AfterEach
    void shouldHaveNothingToComplainOf() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Order(1)
    void shouldSayHowToBegin() throws Exception {
        open(1280, "light");

        eventually(() -> browser.find("#empty").isDisplayed());
        eventually(() -> text("#state").equals("Ready"));
        assertThat(text("#empty")).contains("./ood-monitor send --render");
        assertThat(text("#model")).startsWith("parts ");
        browser.screenshot(PICTURES.resolve("empty.png"));
    }

    @Test
    @Order(2)
    void shouldShowTheThresholdOfTheTopic() {
        cameras.calibrate(CALIBRATION);

        try (CommittedRecords<byte[], OodThreshold> thresholds =
                     running.committed(running.topics().thresholds(), OodThreshold.class)) {
            OodThreshold last = last(thresholds.await("a threshold of all calibration images",
                    read -> !read.isEmpty() && last(read).getSamples() == CALIBRATION, PATIENCE));

            eventually(() -> text("#thresholds-said").contains("from " + CALIBRATION + " images"));
            assertThat(number(text("#thresholds-said").split(" ")[0])).isCloseTo(last.getThreshold(), within(0.005));
            assertThat(text("#thresholds-said")).contains("(version " + last.getVersion() + ")");
        }
    }

    @Test
    @Order(3)
    void shouldShowAnAlertWithinTwoSecondsOfTheTopic() {
        browser.evaluate("""
                window.seen = {};
                new MutationObserver(() => document.querySelectorAll("[data-key]").forEach(each => {
                  window.seen[each.dataset.key] ??= Date.now();
                })).observe(document.body, {childList: true, subtree: true});
                """);

        sendThePast();
        live = cameras.live();

        // Other sources' alerts stand in other partitions, so the one that stays need not be the last one read.
        OodRateAlert raised = last(ofCamera3(rateAlerts.await("the alert that stays",
                read -> !ofCamera3(read).isEmpty(), PATIENCE)));
        long told = System.currentTimeMillis();
        assertThat(raised.getState()).isEqualTo(AlertState.RAISED);
        String key = raised.getSource() + " " + raised.getWindowStart().toEpochMilli();
        assertThat(seenAt(key) - told).isLessThanOrEqualTo(SOON.toMillis());
        assertThat(browser.texts("#alerts .raised")).anyMatch(chip -> chip.contains("camera-3"));
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
        assertThat(seenAt(keyOf(read.get(read.size() - 1))) - told).isLessThanOrEqualTo(SOON.toMillis());
    }

    @Test
    @Order(5)
    void shouldFitEveryScreen() throws Exception {
        shouldFit(1280, "light");
        assertThat(browser.hindrances()).isEmpty();
        browser.screenshotOfView(PICTURES.resolve("live.png"));
        shouldFit(390, "dark");
        assertThat(browser.hindrances()).isEmpty();
        shouldFit(1280, "dark");
        shouldFit(390, "light");
        live.close();
        try (CommittedRecords<byte[], byte[]> scores = running.committed(running.topics().scores())) {
            scores.awaitCount(cameras.sent(), PATIENCE);
        }
    }

    private void shouldFit(int width, String colours) throws Exception {
        open(width, colours);
        eventually(() -> browser.texts("#alerts .raised").size() == 1 && isThere(".gallery img"));
        browser.find("#range [data-range='900000']").click();
        browser.find("#alerts .raised").click();
        eventually(() -> isThere("#episode img") && browser.evaluate(
                "[...document.querySelectorAll('#episode img')].every(each => each.naturalWidth > 0)").asBoolean());
        eventually(() -> text("[data-figure=p50]").endsWith("s"));
        eventually(() -> browser.evaluate(SHARE_OF_THRESHOLD).asDouble() > 0.95);

        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
        shouldCutNoWordOffAtTheRight();
        shouldHaveCardsOfOneWidth();
        browser.screenshot(PICTURES.resolve(width + "-" + colours + ".png"));
    }

    /** The last column of pixels of every chart is empty. */
    private void shouldCutNoWordOffAtTheRight() {
        assertThat(browser.evaluate("""
                (() => {
                  %s
                  const last = ({data, width}) => data.filter((v, i) => Math.floor(i / 4) %% width === width - 1);
                  return [...document.querySelectorAll(".plot canvas")]
                    .filter(({width, height}) => width > 0 && height > 0)
                    .filter(each => last(pixels(each)).some(v => v > 0)).length;
                })()
                """.formatted(PIXELS)).asInt()).isZero();
    }

    /** Also the one whose class has a long name. */
    private void shouldHaveCardsOfOneWidth() {
        assertThat(browser.evaluate("""
                (() => {
                  const name = document.querySelector("#episode b"), before = name.textContent;
                  name.textContent = "name-that-is-wider-than-a-card";
                  const widths = new Set([...document.querySelectorAll("#episode li")].map(each => each.offsetWidth));
                  name.textContent = before;
                  return widths.size;
                })()
                """).asInt()).isEqualTo(1);
    }

    @Test
    @Order(6)
    void shouldShowTheImagesOfTheTopic() {
        List<ConsumerRecord<byte[], OodScore>> all = newestFirst();
        List<ConsumerRecord<byte[], OodScore>> latest = all.subList(0, 20);
        // Partition by partition, so the latest may be there before one of the others.
        eventually(() -> keys(".gallery li").containsAll(latest.stream().map(DashboardIT::keyOf).toList()));

        List<String> cards = browser.texts(".gallery li");
        assertThat(cards).hasSizeGreaterThanOrEqualTo(24);
        for (ConsumerRecord<byte[], OodScore> each : latest) {
            String card = text(".gallery [data-key='" + keyOf(each) + "']");
            OodScore verdict = each.value();
            assertThat(card).contains(verdict.getPredictedLabel(), verdict.getSource());
            assertThat(number(text(".gallery [data-key='" + keyOf(each) + "'] .pair:nth-of-type(3) span")))
                    .isCloseTo(verdict.getScore(), within(0.005));
        }
        // All that there are, page by page, but no more than a page can bear.
        List<String> expected = all.stream().map(DashboardIT::keyOf).limit(MOST_IMAGES).toList();
        await().atMost(PATIENCE).untilAsserted(() -> {
            if (browser.find("#older").isDisplayed()) {
                browser.find("#older").click();
            }
            assertThat(keys(".gallery li")).isEqualTo(expected);
        });
    }

    /** All that were flagged until now, as the page orders them. */
    private List<ConsumerRecord<byte[], OodScore>> newestFirst() {
        return flagged.awaitEnd(PATIENCE).stream()
                .sorted(Comparator.<ConsumerRecord<byte[], OodScore>, Instant>comparing(DashboardIT::scoredAt)
                        .thenComparing(ConsumerRecord::partition).thenComparing(ConsumerRecord::offset).reversed())
                .toList();
    }

    private List<String> keys(String selector) {
        return StreamSupport.stream(browser.evaluate("[...document.querySelectorAll('" + selector
                + "')].map(each => each.dataset.key)").spliterator(), false).map(JsonNode::asText).toList();
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

        browser.open(URI.create(web.url() + "/#source=camera-2&range=" + from + "-" + to), 1280, 900, "light");
        browser.find("#rate-table summary").click();
        eventually(() -> browser.texts("#rate-table .scroll:first-child tbody tr").size() == expected.size());

        JsonNode rows = browser.evaluate("""
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
        assertThat(text("#rate-said")).contains(String.format(Locale.ROOT, "%,d images",
                expected.stream().mapToLong(OodRate::getImages).sum()), "1 alert.");
    }

    @Test
    @Order(8)
    void shouldJudgeAnImageAsTheStreamDoes(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("odd.jpg"), cameras.oddPicture());
        Path broken = Files.writeString(folder.resolve("broken.jpg"), "no image");

        browser.find("#file").sendKeys(file.toAbsolutePath().toString());
        eventually(() -> text("#answer").contains("threshold"));

        OodScore streamed = flagged.soFar().stream().map(ConsumerRecord::value)
                .filter(verdict -> text("#answer").contains("score " + shown(verdict.getScore()) + ",")).findFirst()
                .orElseThrow(() -> new AssertionError("The stream gave no image the score of: " + text("#answer")));
        assertThat(text("#answer")).contains("Out of distribution", streamed.getPredictedLabel());
        browser.find("#file").sendKeys(broken.toAbsolutePath().toString());
        eventually(() -> !text("#answer").contains("threshold") && !text("#answer").contains("Scoring"));
        assertThat(text("#answer")).isNotEmpty();
        // The answer 400 is the one that was asked for.
        assertThat(browser.complaints()).singleElement().asString().contains("/score", "400");
    }

    @Test
    @Order(9)
    void shouldBeUsedWithoutAMouse() {
        open(1280, "light");
        eventually(() -> isThere(".bars button") && isThere(".gallery button"));

        browser.evaluate("document.querySelector('.bars button:last-child').focus()");
        browser.press(Keys.ENTER);
        eventually(() -> isThere("#episode .card"));
        assertThat(text("#episode header")).contains("Images of camera-3");
        assertThat(browser.evaluate("document.activeElement.getAttribute('aria-pressed')").asText()).isEqualTo("true");

        // Images of an alert that is over: found by when they came, as they were judged later.
        browser.evaluate("document.querySelector('.bars button:nth-child(2)').focus()");
        browser.press(Keys.ENTER);
        eventually(() -> text("#episode header").contains("Images of camera-2"));
        assertThat(browser.texts("#episode .card")).isNotEmpty().allMatch(card -> card.contains("camera-2"));
        // One stop of the tab key for all alerts, arrows from one to the next.
        browser.press(Keys.ARROW_LEFT);
        assertThat(browser.evaluate("document.activeElement.matches('.bars button:first-child')").asBoolean()).isTrue();
        assertThat(browser.evaluate("document.querySelectorAll('.bars [tabindex=\"0\"]').length").asInt()).isEqualTo(1);
        browser.press(Keys.END);
        assertThat(browser.evaluate("document.activeElement.matches('.bars button:last-child')").asBoolean()).isTrue();

        browser.evaluate("document.querySelector('.gallery button').focus()");
        String focused = browser.evaluate("document.activeElement.closest('li').dataset.key").asText();
        browser.press(Keys.ENTER);
        assertThat(browser.evaluate("document.getElementById('detail').open").asBoolean()).isTrue();
        assertThat(browser.evaluate("document.activeElement.textContent").asText()).isEqualTo("Out of distribution");
        assertThat(browser.hindrances()).isEmpty();
        assertThat(text("#detail")).contains("p-value", "Confidence", "camera-");
        browser.press(Keys.ESCAPE);
        assertThat(browser.evaluate("document.getElementById('detail').open").asBoolean()).isFalse();
        assertThat(browser.evaluate("document.activeElement.closest('li').dataset.key").asText()).isEqualTo(focused);

        browser.evaluate("document.getElementById('rate-plot').focus()");
        browser.press(Keys.END);
        assertThat(text("#rate-readout")).matches(".+: .+% \\(.+% to .+%\\), \\d+ of \\d+");
        // What was picked is read out once, though the chart moves on.
        browser.find("#range [data-range='900000']").click();
        eventually(() -> text("#rate-said").contains(" in 15 min,"));
        browser.evaluate("document.getElementById('rate-plot').focus()");
        browser.press(Keys.END);
        browser.press(Keys.ARROW_LEFT);
        String picked = text("#rate-readout");
        assertThat(picked).isNotEmpty();
        await().during(WINDOW).atMost(PATIENCE).until(() -> text("#rate-readout").equals(picked));

        browser.find("#search").sendKeys("camera-2");
        eventually(() -> browser.texts("#sources li").size() == 1);
        browser.find("#sources li button").sendKeys(Keys.ENTER);
        eventually(() -> text("#rate-title").contains("of camera-2"));
        eventually(() -> browser.texts(".gallery .card").stream().allMatch(card -> card.contains("camera-2")));
    }

    @Test
    @Order(10)
    void shouldComeBackWithTheMonitor() throws Exception {
        open(1280, "light");
        eventually(() -> text("#state").equals("Ready") && isThere(".gallery .card"));
        web.close();
        running.stop();
        eventually(() -> text("#state").equals("Reconnecting"));
        web = serve(port, Optional.of("0123456789abcdef"));
        eventually(() -> text("#notice").startsWith("This monitor wants a token"));
        // As whoever is asked for a password, and gives it.
        browser.open(URI.create(web.url().toString().replace("//", "//me:0123456789abcdef@")), 1280, 900, "light");
        open(1280, "light");
        eventually(() -> text("#notice").startsWith("The monitor starts"));
        web.close();
        web = serve(port, Optional.empty());
        running.start(web::listener);
        web.tellOf(running.monitor());

        eventually(() -> text("#state").equals("Ready"));
        eventually(() -> !browser.find("#notice").isDisplayed());
        eventually(() -> text("#rate-said").contains(String.format(Locale.ROOT, " %,d images ", rates.soFar().stream()
                .mapToLong(rate -> rate.value().getImages()).sum())));
        assertThat(browser.texts("#alerts .raised")).singleElement().asString().contains("camera-3");
        int before = flagged.awaitEnd(PATIENCE).size();
        for (int i = 0; i < 5; i++) {
            cameras.send("camera-3", Instant.now(), true);
        }
        cameras.flush();
        String key = keyOf(lastRecord(flagged.awaitCount(before + 1, PATIENCE)));
        eventually(() -> isThere(".gallery [data-key='" + key + "'] img"));

        // More than the page is told of one by one.
        for (int i = 0; i < FLOOD; i++) {
            cameras.send("camera-3", Instant.now(), true);
        }
        cameras.flush();
        flagged.awaitCount(before + FLOOD / 2, PATIENCE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(keys(".gallery li").subList(0, 24))
                .isEqualTo(newestFirst().stream().limit(24).map(DashboardIT::keyOf).toList()));
        // Nobody was there to answer; nothing else was wrong.
        assertThat(browser.complaints()).allMatch(said -> said.matches("(?s).*(net::ERR_|status of (401|503)).*"));
    }

    @Test
    @Order(11)
    void shouldSayThatTheAlertWhoseImagesAreShownIsOver() {
        open(1280, "light");
        eventually(() -> text("#state").equals("Ready") && isThere(".gallery .card"));
        await().atMost(PATIENCE).until(() -> {
            cameras.send("camera-4", Instant.now(), true);
            cameras.flush();
            return browser.texts("#alerts .raised").stream().anyMatch(chip -> chip.contains("camera-4"));
        });
        browser.evaluate("[...document.querySelectorAll('#alerts .raised')]"
                + ".find(each => each.textContent.includes('camera-4')).click()");
        eventually(() -> text("#episode header").contains("Images of camera-4, since "));

        // Seldom: an image out of distribution, of any source, has the title read anew anyway.
        await().pollInterval(WINDOW).atMost(PATIENCE).until(() -> {
            for (int i = 0; i < PER_WINDOW; i++) {
                cameras.send("camera-4", Instant.now(), false);
            }
            cameras.flush();
            return !text("#episode header").contains("since");
        });
        assertThat(text("#episode header")).matches("Images of camera-4, .+–.+");
    }

    @Test
    @Order(12)
    void shouldStayResponsiveWithAMillionWindows() {
        int sources = 1_000;
        int windows = 1_000;
        fill(web.dashboard().told().orElseThrow().history().rates(), sources, windows);
        browser.open(URI.create(web.url() + "/#range=3600000"), 1280, 900, "light");
        eventually(() -> browser.texts("#sources li").size() == 101);
        assertThat(text("#sources .said")).startsWith("100 of 1,00");

        Duration range = timed("document.querySelector('#range [data-range=\"86400000\"]').click()",
                "/ in 24 h,/.test(document.getElementById('rate-said').textContent)");
        Duration source = timed("document.querySelector('#sources li:nth-child(50) button').click()",
                "/of source-/.test(document.getElementById('chosen').textContent) "
                        + "&& / of 10,000 images/.test(document.getElementById('rate-said').textContent)");
        Duration search = timed("const field = document.getElementById('search'); field.value = 'source-0777'; "
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

    /** How long the page takes, once something was done, until something is so. */
    private Duration timed(String done, String until) {
        return Duration.ofMillis(browser.evaluate("""
                (async () => {
                  const start = performance.now();
                  { %s }
                  while (!(%s)) {
                    if (performance.now() - start > 30000) throw new Error("not within 30 s");
                    await new Promise(requestAnimationFrame);
                  }
                  return performance.now() - start;
                })()
                """.formatted(done, until)).asLong());
    }

    private void open(int width, String colours) {
        browser.open(web.url(), width, 900, colours);
    }

    /** When the page first showed it, milliseconds since the epoch. */
    private long seenAt(String key) {
        String seen = "window.seen[" + "'" + key + "'" + "] ?? 0";
        eventually(() -> browser.evaluate(seen).asLong() > 0);
        return browser.evaluate(seen).asLong();
    }

    private boolean isThere(String selector) {
        return browser.evaluate("document.querySelector(`" + selector + "`) !== null").asBoolean();
    }

    private String text(String selector) {
        List<String> texts = browser.texts(selector);
        return texts.isEmpty() ? "" : texts.get(0);
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(condition);
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

    /** As the page names an image of ood-alerts. */
    private static String keyOf(ConsumerRecord<byte[], OodScore> record) {
        return scoredAt(record).toEpochMilli() + "-" + record.partition() + "-" + record.offset();
    }

    private static String shown(double score) {
        return String.format(Locale.ROOT, Math.abs(score) < 1 ? "%.4f" : Math.abs(score) < 100 ? "%.2f" : "%.0f", score)
                .replace('-', '\u2212');
    }

    private static double number(String shown) {
        return Double.parseDouble(shown.replace('\u2212', '-'));
    }

    private static double share(String percent) {
        return Double.parseDouble(percent.replace("%", "")) / 100;
    }
}
