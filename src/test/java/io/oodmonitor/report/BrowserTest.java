package io.oodmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.ResultTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser. Leaves what was looked at in target/report-sample. */
class BrowserTest {

    private static final Path SAMPLES = Path.of("target", "report-sample");

    @TempDir(cleanup = CleanupMode.NEVER)
    static Path profile;
    private static DevTools browser;

    @BeforeAll
    static void start() throws Exception {
        if (DevTools.binary().isEmpty()) {
            System.err.println("SKIPPED: there is no Chromium to open the report in (apt-get install chromium)");
        }
        assumeTrue(DevTools.binary().isPresent(), "SKIPPED: there is no Chromium (apt-get install chromium)");
        Files.createDirectories(SAMPLES);
        browser = new DevTools(DevTools.binary().get(), profile);
    }

    @AfterAll
    static void stop() throws Exception {
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

    private static Path open(String name, Evaluation evaluation, int width, String colours) throws Exception {
        Path page = SAMPLES.resolve(name + ".html");
        HtmlReport.write(page, evaluation, ResultTable.of(evaluation));
        browser.open(page.toUri(), width, 900, colours);
        return page;
    }

    private static void assertSound(int width) throws Exception {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(width);
    }
}
