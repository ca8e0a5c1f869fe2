package io.oodmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.stream.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered, and what never. */
@Timeout(60)
class AnswerTest {

    private WebServer server;

    private static HttpSettings local(int port) {
        return new HttpSettings("127.0.0.1", port, Optional.empty(), false);
    }

    @BeforeEach
    void setUp() {
        server = WebServer.start(local(0));
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    @Test
    void shouldShowAPage() throws IOException {
        RawHttp.Answer page = RawHttp.get(server, "/");
        RawHttp.Answer style = RawHttp.get(server, "/style/page.css");

        assertThat(page.headers().get("content-type")).startsWith("text/html");
        assertThat(page.body()).contains("<h1>ood-monitor</h1>");
        assertThat(style.headers().get("content-type")).startsWith("text/css");
    }

    @ParameterizedTest
    @CsvSource({"GET / HTTP/1.1, 200", "GET /style/page.css HTTP/1.1, 200", "GET /nothing HTTP/1.1, 404",
        "GET /status HTTP/1.1, 503", "GET /health/ready HTTP/1.1, 503", "POST /config HTTP/1.1, 405",
        "GET /%00 HTTP/1.1, 400", "GET /..%2f HTTP/1.1, 400", "no request, 505"})
    void shouldTellBrowsersWithEveryAnswerWhatTheyMustNotDo(String firstLine, int status) throws IOException {
        RawHttp.Answer answer = RawHttp.send(server, firstLine);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer").containsEntry("cache-control", "no-store")
                .containsEntry("cross-origin-resource-policy", "same-origin")
                .containsEntry("cross-origin-opener-policy", "same-origin");
        assertThat(answer.headers().get("content-security-policy")).contains("default-src 'none'",
                "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'").doesNotContain("unsafe");
        assertThat(answer.headers()).doesNotContainKeys("server", "x-powered-by", "access-control-allow-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/style", "/style/", "/style/.", "/health/"})
    void shouldListNoFolder(String path) throws IOException {
        RawHttp.Answer answer = RawHttp.get(server, path);

        assertThat(answer.status()).isNotEqualTo(200);
        assertThat(answer.body()).doesNotContain("page.css");
    }

    /** The page's folder is below that of these classes. */
    @ParameterizedTest
    @ValueSource(strings = {"/../WebServer.class", "/style/../../WebServer.class", "/%2e%2e/WebServer.class",
        "/..%2fWebServer.class", "/style/%2e%2e/%2e%2e/WebServer.class", "/style/..%2f..%2fWebServer.class",
        "/..\\WebServer.class", "/..%5cWebServer.class", "/..;/WebServer.class", "/.%2e/WebServer.class",
        "//../WebServer.class", "/style//../../WebServer.class", "/%252e%252e/WebServer.class",
        "/../../../../log4j2.properties", "/%c0%ae%c0%ae/WebServer.class"})
    void shouldNeverLeaveThePagesFolder(String path) throws IOException {
        RawHttp.Answer answer = RawHttp.get(server, path);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("io/oodmonitor", "appender");
    }

    @Test
    void shouldTellOfAnErrorWithoutAWordOfTheRequest() throws IOException {
        RawHttp.Answer answer = RawHttp.get(server, "/%3Cscript%3E?secret");

        assertThat(new ObjectMapper().readTree(answer.body()))
                .isEqualTo(new ObjectMapper().readTree("{\"status\": 404, \"error\": \"Not Found\"}"));
        assertThat(answer.headers()).containsEntry("content-type", "application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
    void shouldOnlyBeRead(String method) throws IOException {
        RawHttp.Answer answer = RawHttp.send(server, method + " /status HTTP/1.1", "Content-Length: 0");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", "GET, HEAD");
    }

    @Test
    void shouldAnswerHeadWithoutABody() throws IOException {
        RawHttp.Answer answer = RawHttp.send(server, "HEAD /health/live HTTP/1.1");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void shouldNameAPortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            assertThatThrownBy(() -> WebServer.start(local(port))).hasMessage("The HTTP server cannot listen on "
                    + "127.0.0.1:" + port + " (Address already in use): set http.port to another port, or to 0 for any "
                    + "free one");
        }
    }

    @Test
    void shouldLetGoOfItsPort() throws IOException {
        int port = server.url().getPort();
        server.close();

        try (WebServer next = WebServer.start(local(port))) {
            assertThat(RawHttp.get(next, "/").status()).isEqualTo(200);
        }
    }
}
