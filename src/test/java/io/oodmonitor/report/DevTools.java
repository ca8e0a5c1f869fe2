package io.oodmonitor.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium and one page in it, driven by the browser's own DevTools protocol. */
final class DevTools implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECONDS = 60;
    private static final String LISTENING = "DevTools listening on ";

    private final Process browser;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private String session;

    /** @param profile an empty folder for the browser to keep its things in */
    DevTools(Path binary, Path profile) throws Exception {
        browser = new ProcessBuilder(binary.toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0",
                "--user-data-dir=" + profile, "about:blank").redirectErrorStream(true).start();
        socket = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create(address()), new Messages()).get(SECONDS, TimeUnit.SECONDS);
        String target = call("Target.createTarget", Map.of("url", "about:blank")).path("targetId").asText();
        session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId").asText();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Where a Chromium is, if there is one. */
    static Optional<Path> binary() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of).filter(Files::isExecutable).findFirst();
    }

    private String address() throws IOException {
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(browser.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(LISTENING)) {
                // What it says later must not fill the pipe.
                Thread drain = new Thread(() -> lines.lines().forEach(ignored -> { }), "chromium-output");
                drain.setDaemon(true);
                drain.start();
                return line.substring(LISTENING.length());
            }
        }
        throw new IOException("Chromium ended before it could be spoken to: " + said);
    }

    /** Opens a page and waits until it is loaded. Forgets what earlier pages complained about. */
    void open(URI page, int width, int height, String colours) throws Exception {
        call("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1,
                "mobile", width < 600));
        call("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
        complaints.clear();
        CompletableFuture<JsonNode> loaded = new CompletableFuture<>();
        awaited.put("Page.loadEventFired", loaded);
        call("Page.navigate", Map.of("url", page.toString()));
        loaded.get(SECONDS, TimeUnit.SECONDS);
    }

    /** What a script's value is, promises awaited; fails with the script's exception. */
    JsonNode evaluate(String script) throws Exception {
        JsonNode reply = call("Runtime.evaluate",
                Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (reply.has("exceptionDetails")) {
            throw new AssertionError(reply.path("exceptionDetails").toString());
        }
        return reply.path("result").path("value");
    }

    /** A picture of the whole page. */
    void screenshot(Path file) throws Exception {
        String png = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true)).path("data").asText();
        Files.write(file, Base64.getDecoder().decode(png));
    }

    /** The page as it would be printed. */
    void print(Path file) throws Exception {
        String pdf = call("Page.printToPDF", Map.of("printBackground", true)).path("data").asText();
        Files.write(file, Base64.getDecoder().decode(pdf));
    }

    void press(String key) throws Exception {
        for (String type : List.of("keyDown", "keyUp")) {
            call("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "code", key));
        }
    }

    /** Errors, warnings and requests that left the page's file, since it was opened. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        replies.put(id, reply);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
        JsonNode answer = reply.get(SECONDS, TimeUnit.SECONDS);
        if (answer.has("error")) {
            throw new IOException(method + ": " + answer.path("error"));
        }
        return answer.path("result");
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            replies.remove(message.path("id").asInt()).complete(message);
            return;
        }
        String event = message.path("method").asText();
        JsonNode parameters = message.path("params");
        String url = parameters.at("/request/url").asText();
        boolean complains = switch (event) {
            case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded" -> true;
            case "Network.requestWillBeSent" -> !url.startsWith("file:") && !url.startsWith("data:");
            default -> false;
        };
        if (complains) {
            complaints.add(event + " " + parameters);
        }
        CompletableFuture<JsonNode> waiting = awaited.remove(event);
        if (waiting != null) {
            waiting.complete(parameters);
        }
    }

    @Override
    public void close() throws Exception {
        // Its helpers too: they hold the profile's files.
        List<ProcessHandle> all = Stream.concat(Stream.of(browser.toHandle()), browser.descendants()).toList();
        try {
            session = null;
            call("Browser.close", Map.of());
            browser.waitFor(SECONDS, TimeUnit.SECONDS);
        } finally {
            socket.abort();
            for (ProcessHandle process : all) {
                process.destroyForcibly();
                process.onExit().get(SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private final class Messages implements WebSocket.Listener {

        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                String whole = partial.toString();
                partial.setLength(0);
                try {
                    take(JSON.readTree(whole));
                } catch (IOException e) {
                    complaints.add("not JSON: " + whole);
                }
            }
            from.request(1);
            return null;
        }
    }
}
