package io.oodmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.oodmonitor.stream.HttpSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients may take of the server. */
@Timeout(120)
class WebLimitsTest {

    /** Less than Jetty takes by itself. */
    private static final int HEADER_BYTES = 2 << 10;
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static WebServer server(int connections, Duration patience) {
        return WebServer.start(new HttpSettings("127.0.0.1", 0, Optional.empty(), false),
                new WebLimits(connections, HEADER_BYTES, 1_000, patience));
    }

    @Test
    void shouldRefuseABodyThatIsTooLargeBeforeItIsSent() throws IOException {
        try (WebServer server = server(9, LONG)) {
            assertThat(RawHttp.send(server, "POST /status HTTP/1.1", "Content-Length: 1001").status()).isEqualTo(413);
            assertThat(RawHttp.send(server, "POST /status HTTP/1.1", "Content-Length: 0").status()).isEqualTo(405);
        }
    }

    @Test
    void shouldNotReadABodyWithoutEnd() throws IOException {
        try (WebServer server = server(9, LONG); RawHttp client = new RawHttp(server.url().getPort())) {
            client.write("POST /status HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.write("5\r\nabcde\r\n");

            assertThat(client.answer()).hasValueSatisfying(answer -> assertThat(answer.status()).isEqualTo(405));
        }
    }

    @Test
    void shouldRefuseHeadersThatAreTooLarge() throws IOException {
        try (WebServer server = server(9, LONG)) {
            assertThat(RawHttp.get(server, "/", "X: " + "x".repeat(3_000)).status()).isEqualTo(431);
            assertThat(RawHttp.get(server, "/" + "x".repeat(3_000)).status()).isIn(414, 431);
            assertThat(RawHttp.get(server, "/", "X: " + "x".repeat(1_000)).status()).isEqualTo(200);
        }
    }

    @Test
    void shouldTakeNoMoreConnectionsThanAllowed() throws IOException {
        try (WebServer server = server(2, LONG);
                RawHttp first = new RawHttp(server.url().getPort());
                RawHttp second = new RawHttp(server.url().getPort())) {
            // Both are there for sure: the server has read of each.
            first.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            second.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(first.isAnswered(LONG)).isTrue();
            assertThat(second.isAnswered(LONG)).isTrue();

            try (RawHttp third = new RawHttp(server.url().getPort())) {
                third.write(REQUEST);
                assertThat(third.isAnswered(SHORT)).isFalse();
            }
            first.close();
            await().atMost(LONG).untilAsserted(() -> {
                try (RawHttp next = new RawHttp(server.url().getPort())) {
                    next.write(REQUEST);
                    assertThat(next.isAnswered(Duration.ofSeconds(1))).isTrue();
                }
            });
        }
    }

    @Test
    void shouldEndAConnectionWhoseRequestComesByteByByte() throws IOException {
        try (WebServer server = server(9, SHORT); RawHttp client = new RawHttp(server.url().getPort())) {
            client.write("GET / HTTP/1.1\r\nX: ");
            await().atMost(LONG).pollInterval(SHORT.dividedBy(8)).until(() -> isGone(client));
        }
    }

    @Test
    void shouldEndAConnectionThatSendsTheNextRequestByteByByte() throws IOException {
        try (WebServer server = server(9, SHORT); RawHttp client = new RawHttp(server.url().getPort())) {
            client.write("GET /style/page.css HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.isAnswered(LONG)).isTrue();
            client.write("GET / HTTP/1.1\r\nX: ");
            await().atMost(LONG).pollInterval(SHORT.dividedBy(8)).until(() -> isGone(client));
        }
    }

    /** Jetty by itself would wait for half a minute, longer than this test does. */
    @Test
    @Timeout(20)
    void shouldEndAConnectionThatDoesNotReadItsAnswers() throws IOException {
        String requests = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1_000);
        try (WebServer server = server(9, SHORT); RawHttp client = new RawHttp(server.url().getPort())) {
            assertThatThrownBy(() -> {
                while (true) {
                    client.write(requests);
                }
            }).isInstanceOf(IOException.class);
        }
    }

    /** Sends one more byte. */
    private static boolean isGone(RawHttp client) {
        try {
            client.write("x");
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void shouldKeepAConnectionWhoseRequestsComeInTime() throws Exception {
        Duration patience = Duration.ofSeconds(2);
        try (WebServer server = server(9, patience); RawHttp client = new RawHttp(server.url().getPort())) {
            long end = System.nanoTime() + 2 * patience.toNanos();
            while (System.nanoTime() < end) {
                client.write("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(client.head().status()).isEqualTo(200);
                Thread.sleep(patience.toMillis() / 10);
            }
        }
    }
}
