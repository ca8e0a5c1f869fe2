package io.oodmonitor.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium and one page in it. Not thread-safe. */
public final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> BROWSERS =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final List<String> DRIVERS = List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");
    private static final int PHONE_WIDTH = 600;
    /** It warns of classes for the protocol's current version, which nothing here needs; held, or it is forgotten. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium.devtools");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test, and says so, where there is no browser. */
    public static Browser start() {
        Optional<Path> browser = first(BROWSERS);
        Optional<Path> driver = first(DRIVERS);
        boolean there = browser.isPresent() && driver.isPresent();
        String why = "SKIPPED: there is no Chromium to open pages in (apt-get install chromium chromium-driver)";
        if (!there) {
            System.err.println(why);
        }
        assumeTrue(there, why);
        SELENIUM.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.get().toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--no-first-run", "--hide-scrollbars");
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        return new Browser(new ChromeDriver(new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.get().toFile()).usingAnyFreePort().build(), options));
    }

    private static Optional<Path> first(List<String> files) {
        return files.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /**
     * Opens a page and waits until it is loaded. Forgets what earlier pages complained about.
     *
     * @param colours what the reader prefers: light or dark
     */
    public void open(URI page, int width, int height, String colours) {
        view(width, height, colours);
        // Away from the page before: only its address' fragment may differ, which would not load anything.
        driver.get("about:blank");
        complaints();
        driver.get(page.toString());
    }

    /** Makes it another screen. */
    public void view(int width, int height, String colours) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height,
                "deviceScaleFactor", 1, "mobile", width < PHONE_WIDTH));
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** What a script's value is, promises awaited; fails with the script's exception. */
    public JsonNode evaluate(String script) {
        JsonNode reply = JSON.valueToTree(driver.executeCdpCommand("Runtime.evaluate",
                Map.of("expression", script, "returnByValue", true, "awaitPromise", true)));
        if (reply.has("exceptionDetails")) {
            throw new AssertionError(reply.path("exceptionDetails").toString());
        }
        return reply.path("result").path("value");
    }

    /** The only element of that selector. */
    public WebElement find(String selector) {
        List<WebElement> found = driver.findElements(By.cssSelector(selector));
        if (found.size() != 1) {
            throw new AssertionError("expected one element " + selector + ", but there are " + found.size());
        }
        return found.get(0);
    }

    /** The text of every element of that selector, also of what is scrolled away. */
    public List<String> texts(String selector) {
        return Stream.of(JSON.convertValue(evaluate("[...document.querySelectorAll(" + JSON.valueToTree(selector)
                + ")].map(each => each.textContent.trim())"), String[].class)).toList();
    }

    /** Presses a key where the focus is. */
    public void press(Keys key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    /** A picture of the whole page. */
    public void screenshot(Path file) throws IOException {
        save("Page.captureScreenshot", Map.of("captureBeyondViewport", true), file);
    }

    /** A picture of what is on the screen. */
    public void screenshotOfView(Path file) throws IOException {
        save("Page.captureScreenshot", Map.of(), file);
    }

    /** The page as it would be printed. */
    public void print(Path file) throws IOException {
        save("Page.printToPDF", Map.of("printBackground", true), file);
    }

    private void save(String command, Map<String, Object> parameters, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Object data = driver.executeCdpCommand(command, parameters).get("data");
        Files.write(file, Base64.getDecoder().decode((String) data));
    }

    /** What the page and the browser said since the last call: errors, warnings, refused and failed requests. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::toString).toList();
    }

    /** What the page asked for, by its addresses, but for what it carries itself. */
    public List<String> requests() {
        return Stream.of(JSON.convertValue(evaluate("performance.getEntriesByType('resource')"
                + ".map(each => each.name).filter(name => !name.startsWith('data:'))"), String[].class)).toList();
    }

    /** What axe-core finds that keeps people from using the page: WCAG 2.2, A and AA, and good practice. */
    public List<String> hindrances() {
        return Stream.of(JSON.convertValue(evaluate(AxeScript.TEXT + """
                ;axe.run(document, {resultTypes: ["violations"]}).then(({violations}) => violations.flatMap(
                  ({id, nodes}) => nodes.map(node => `${id}: ${node.target}: ${node.failureSummary}`)))
                """), String[].class)).toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
