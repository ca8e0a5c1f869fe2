package io.oodmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.browser.Browser;
import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.MethodScores;
import io.oodmonitor.evaluation.ResultTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page in a real browser. Leaves what was looked at in target/report-sample. */
class BrowserTest {

    private static final Path SAMPLES = Path.of("target", "report-sample");

    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
    void shouldFitAndBeQuiet(int width, String colours) throws Exception {
        open("densenet", Samples.densenet(), width, colours);
        browser.screenshot(SAMPLES.resolve("densenet-" + width + "-" + colours + ".png"));

        assertSound(width);
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "390, dark"})
    void shouldHoldManyMethodsAndSets(int width, String colours) throws Exception {
        open("many", Samples.random(13, 8, 2_000), width, colours);
        browser.screenshot(SAMPLES.resolve("many-" + width + "-" + colours + ".png"));

        assertSound(width);
    }

    @Test
    void shouldNotRunNorOverflowByHostileNames() throws Exception {
        String hostile = "</script><script>window.ran=1</script><img src=x onerror=window.ran=1>";
        Evaluation small = Samples.small();
        MethodScores scores = small.methods().get(0);
        open("hostile", new Evaluation("x".repeat(300), hostile, hostile, small.accuracy(),
                List.of(hostile, "y".repeat(300)), List.of(new MethodScores("z".repeat(200), 1, false, scores.id(),
                scores.ood()), new MethodScores(hostile, 1, false, scores.id(), scores.ood())), 1), 390, "light");
        browser.screenshot(SAMPLES.resolve("hostile-390-light.png"));

        assertThat(browser.evaluate("typeof window.ran").asText()).isEqualTo("undefined");
        assertSound(390);
    }

    @Test
    void shouldShowWhatTheReaderPicks() throws Exception {
        open("picked", Samples.small(), 1280, "light");
        assertThat(browser.evaluate("document.querySelector('#histogram .readout').textContent").asText())
                .isEqualTo("Threshold 10.50: 95% of pets kept, 25% of cars passes.");

        // By list and by legend; then the arrow keys on the curves.
        browser.evaluate("""
                const set = document.getElementById("set");
                set.value = "1";
                set.dispatchEvent(new Event("change"));
                document.querySelector("#methods .legend button").click();
                """);

        assertThat(browser.evaluate("document.getElementById('method').selectedOptions[0].textContent").asText())
                .isEqualTo("energy");
        assertThat(browser.evaluate("document.querySelector('#histogram .readout').textContent").asText())
                .isEqualTo("Threshold 11.00: 95% of pets kept, 0% of fish passes.");
        assertThat(browser.evaluate("document.querySelector('#sets [aria-pressed=true] span').textContent").asText())
                .isEqualTo("fish");
        browser.evaluate("document.querySelector('#methods .plot').focus()");
        browser.press(Keys.ARROW_LEFT);
        assertThat(browser.evaluate("document.querySelector('#methods .readout').textContent").asText())
                .isEqualTo("energy: where 100% passes, 100% is kept.");
        browser.press(Keys.ESCAPE);
        assertThat(browser.evaluate("document.querySelector('#methods .readout').textContent").asText())
                .isEqualTo("energy at its threshold: 95% kept, 0% passes.");
        assertSound(1280);
    }

    @Test
    void shouldSwitchColours() throws Exception {
        open("picked", Samples.small(), 1280, "light");
        String paper = "getComputedStyle(document.body).backgroundColor";
        String light = browser.evaluate(paper).asText();

        browser.evaluate("document.querySelector('[data-theme=dark]').click()");
        String dark = browser.evaluate(paper).asText();
        browser.evaluate("document.querySelector('[data-theme=auto]').click()");

        assertThat(dark).isNotEqualTo(light);
        assertThat(browser.evaluate(paper).asText()).isEqualTo(light);
        browser.open(SAMPLES.resolve("picked.html").toUri(), 1280, 900, "dark");
        assertThat(browser.evaluate(paper).asText()).isEqualTo(dark);
    }

    @Test
    void shouldDrawOnEveryCanvas() throws Exception {
        open("picked", Samples.small(), 1280, "dark");

        assertThat(browser.evaluate("""
                [...document.querySelectorAll("canvas")].map(canvas => {
                  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                  return data.filter((value, i) => i % 4 === 3 && value > 0).length;
                }).join()
                """).asText().split(",")).hasSize(3)
                .allSatisfy(drawn -> assertThat(Integer.parseInt(drawn)).isGreaterThan(5_000));
    }

    @Test
    void shouldPrint() throws Exception {
        open("print", Samples.random(13, 8, 2_000), 1280, "dark");

        browser.print(SAMPLES.resolve("print.pdf"));

        assertThat(Files.readAllBytes(SAMPLES.resolve("print.pdf"))).hasSizeGreaterThan(20_000).startsWith('%', 'P');
        assertThat(browser.complaints()).isEmpty();
    }

    private static void open(String name, Evaluation evaluation, int width, String colours) throws Exception {
        Path page = Files.createDirectories(SAMPLES).resolve(name + ".html");
        ResultTable table = ResultTable.of(evaluation);
        HtmlReport.write(page, evaluation, table);
        ReportImages.write(page, evaluation, table);
        browser.open(page.toUri(), width, 900, colours);
    }

    private static void assertSound(int width) {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
    }
}
