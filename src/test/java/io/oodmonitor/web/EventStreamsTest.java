package io.oodmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.oodmonitor.history.RateWindow;
import io.oodmonitor.stream.HttpSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of events as clients see them that do not do what they should. */
@Timeout(120)
class EventStreamsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MANY = 40_000;

    private static WebServer server(Duration patience) {
        return WebServer.start(new HttpSettings("127.0.0.1", 0, Optional.empty(), false),
                new WebLimits(20, 8 << 10, 1_000, patience));
    }

    private static Socket follow(WebServer server) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.url().getPort());
        client.setSoTimeout((int) PATIENCE.toMillis());
        client.getOutputStream().write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static void tellMuch(WebServer server) {
        RateWindow window = new RateWindow("x".repeat(200), 0, 10, 5, 1, 0.2, 0, 1, 0.05);
        for (int i = 0; i < MANY; i++) {
            server.dashboard().events().rate(window);
        }
    }

    @Test
    void shouldLoseEventsOfASlowClientAndGreetItAgain() throws Exception {
        try (WebServer server = server(Duration.ofSeconds(20)); Socket client = follow(server)) {
            await().atMost(PATIENCE).until(() -> server.dashboard().events().count() == 1);
            tellMuch(server);

            List<String> types = new ArrayList<>();
            List<Long> ids = new ArrayList<>();
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            // A status comes every second, also after all that was told.
            while (!types.contains("status") || types.indexOf("hello") == types.lastIndexOf("hello")) {
                String line = lines.readLine();
                if (line.startsWith("event: ")) {
                    types.add(line.substring("event: ".length()));
                } else if (line.startsWith("id: ")) {
                    ids.add(Long.parseLong(line.substring("id: ".length())));
                }
            }

            assertThat(types.get(0)).isEqualTo("hello");
            assertThat(types).filteredOn("rate"::equals).hasSizeBetween(1, MANY - 1);
            assertThat(ids).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldEndTheStreamOfWhoReadsNothing() throws Exception {
        try (WebServer server = server(Duration.ofMillis(1_500)); Socket client = follow(server)) {
            await().atMost(PATIENCE).until(() -> server.dashboard().events().count() == 1);
            tellMuch(server);

            assertThat(client.isClosed()).isFalse();
            await().atMost(PATIENCE).until(() -> server.dashboard().events().count() == 0);
        }
    }

    @Test
    void shouldKeepAStreamForLongerThanOtherConnectionsMayWait() throws Exception {
        Duration patience = Duration.ofMillis(1_500);
        try (WebServer server = server(patience); Socket client = follow(server)) {
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            long end = System.nanoTime() + 3 * patience.toNanos();
            while (System.nanoTime() < end) {
                assertThat(lines.readLine()).isNotNull();
            }
            assertThat(server.dashboard().events().count()).isEqualTo(1);
        }
    }

    @Test
    void shouldEndStreamsWhenTheServerStops() throws Exception {
        WebServer server = server(Duration.ofSeconds(20));
        try (Socket client = follow(server)) {
            await().atMost(PATIENCE).until(() -> server.dashboard().events().count() == 1);
            server.close();

            String all = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all).contains("event: hello");
        }
    }
}
