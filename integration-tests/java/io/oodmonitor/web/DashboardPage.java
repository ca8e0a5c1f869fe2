package io.oodmonitor.web;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.oodmonitor.browser.Browser;
import io.oodmonitor.event.OodScore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The dashboard in a real browser, in the words of whoever looks at it. Not thread-safe. */
final class DashboardPage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int HEIGHT = 900;

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
    private static final String CHARTS_CUT_OFF = """
            (() => {
              %s
              const last = ({data, width}) => data.filter((v, i) => Math.floor(i / 4) %% width === width - 1);
              return [...document.querySelectorAll(".plot canvas")]
                .filter(({width, height}) => width > 0 && height > 0)
                .filter(each => last(pixels(each)).some(v => v > 0)).length;
            })()
            """.formatted(PIXELS);
    private static final String CARD_WIDTHS = """
            (() => {
              const name = document.querySelector("#episode b"), before = name.textContent;
              name.textContent = "name-that-is-wider-than-a-card";
              const widths = new Set([...document.querySelectorAll("#episode li")].map(each => each.offsetWidth));
              name.textContent = before;
              return widths.size;
            })()
            """;

    private final Browser browser = Browser.start();

    /**
     * Opens it.
     *
     * @param dashboard its address, with or without what is chosen on it
     * @param colours   what the reader prefers: light or dark
     */
    void open(URI dashboard, int width, String colours) {
        browser.open(dashboard, width, HEIGHT, colours);
    }

    Browser browser() {
        return browser;
    }

    /** What it shows in the first element of that selector; nothing if there is none. */
    String text(String selector) {
        List<String> texts = texts(selector);
        return texts.isEmpty() ? "" : texts.get(0);
    }

    List<String> texts(String selector) {
        return browser.texts(selector);
    }

    WebElement find(String selector) {
        return browser.find(selector);
    }

    boolean isThere(String selector) {
        return is("document.querySelector(`" + selector + "`) !== null");
    }

    /** Whether a script's value is true. */
    boolean is(String script) {
        return browser.evaluate(script).asBoolean();
    }

    /** A script's value, as text. */
    String value(String script) {
        return browser.evaluate(script).asText();
    }

    void focus(String selector) {
        browser.evaluate("document.querySelector(`" + selector + "`).focus()");
    }

    boolean isFocused(String selector) {
        return is("document.activeElement.matches(`" + selector + "`)");
    }

    void press(Keys key) {
        browser.press(key);
    }

    /** What it calls the images in the elements of that selector. */
    List<String> keys(String selector) {
        return StreamSupport.stream(browser.evaluate("[...document.querySelectorAll('" + selector
                + "')].map(each => each.dataset.key)").spliterator(), false).map(JsonNode::asText).toList();
    }

    /** From now on it notes when it first shows an alert or an image. */
    void note() {
        browser.evaluate("""
                window.seen = {};
                new MutationObserver(() => document.querySelectorAll("[data-key]").forEach(each => {
                  window.seen[each.dataset.key] ??= Date.now();
                })).observe(document.body, {childList: true, subtree: true});
                """);
    }

    /** When it first showed it, milliseconds since the epoch. */
    long seenAt(String key) {
        String seen = "window.seen['" + key + "'] ?? 0";
        eventually(() -> browser.evaluate(seen).asLong() > 0);
        return browser.evaluate(seen).asLong();
    }

    /** How much of the histogram's height the line of the threshold covers: less than all if it has dashes. */
    double shareOfThreshold() {
        return browser.evaluate(SHARE_OF_THRESHOLD).asDouble();
    }

    /** How many charts have something in their last column of pixels. */
    int chartsCutOff() {
        return browser.evaluate(CHARTS_CUT_OFF).asInt();
    }

    /** How many widths the cards of an alert's images have, if a class among them has a long name. */
    int cardWidths() {
        return browser.evaluate(CARD_WIDTHS).asInt();
    }

    /** How long it takes, once something was done, until something is so. */
    Duration timed(String done, String until) {
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

    static void eventually(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(condition);
    }

    /** What it calls an image of ood-alerts. */
    static String keyOf(ConsumerRecord<byte[], OodScore> record) {
        return record.value().getScoredAt().toEpochMilli() + "-" + record.partition() + "-" + record.offset();
    }

    /** A score as it shows it. */
    static String shown(double score) {
        return String.format(Locale.ROOT, Math.abs(score) < 1 ? "%.4f" : Math.abs(score) < 100 ? "%.2f" : "%.0f", score)
                .replace('-', '\u2212');
    }

    /** The number that it shows so. */
    static double number(String shown) {
        return Double.parseDouble(shown.replace('\u2212', '-'));
    }

    /** The share that it shows so. */
    static double share(String percent) {
        return Double.parseDouble(percent.replace("%", "")) / 100;
    }

    @Override
    public void close() {
        browser.close();
    }
}
