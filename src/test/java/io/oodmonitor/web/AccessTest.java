package io.oodmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.stream.HttpSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered. */
@Timeout(60)
class AccessTest {

    private static final String TOKEN = "0123456789abcdef";

    private static HttpSettings settings(String address, String token, boolean behindProxy) {
        return new HttpSettings(address, 0, Optional.ofNullable(token).map(Password::new), behindProxy);
    }

    private static WebServer local() {
        return WebServer.start(settings("127.0.0.1", null, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void shouldNotStartBeyondThisMachineWithNothingThatGuardsIt(String address) {
        assertThatThrownBy(() -> WebServer.start(settings(address, null, false))).isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("http.address must be one of this machine alone")
                .hasMessageContainingAll(address, "http.token", "http.behind.proxy");
    }

    @Test
    void shouldNameAnAddressThatNobodyKnows() {
        assertThatThrownBy(() -> WebServer.start(settings("no host.invalid", null, false)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("http.address must be an address of this machine, but no host.invalid is not known");
    }

    @Test
    void shouldStartBeyondThisMachineWithATokenOrAProxy() throws IOException {
        try (WebServer guarded = WebServer.start(settings("0.0.0.0", TOKEN, false));
                WebServer proxied = WebServer.start(settings("0.0.0.0", null, true))) {
            assertThat(RawHttp.get(guarded, "/", "Authorization: Bearer " + TOKEN).status()).isEqualTo(200);
            assertThat(RawHttp.get(proxied, "/", "Host: monitor.example").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/status", "/config", "/metrics", "/style/page.css", "/nothing", "/health/live/", "/health",
        "/health/live;a=b/../../config", "/health/../config"})
    void shouldAnswerNothingButHealthWithoutTheToken(String path) throws IOException {
        try (WebServer server = WebServer.start(settings("127.0.0.1", TOKEN, false))) {
            RawHttp.Answer answer = RawHttp.get(server, path);

            assertThat(answer.status()).isIn(401, 400);
            assertThat(answer.body()).doesNotContain("why");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer 0123456789abcde", "Bearer 0123456789abcdef0", "Bearer 0123456789abcdeF", "Bearer ",
        "Bearer", "Basic 0123456789abcdef", "Basic", "Basic ", "Basic MDEyMzQ1Njc4OWFiY2RlZg==",
        "Basic OjAxMjM0NTY3ODlhYmNkZQ==", "0123456789abcdef"})
    void shouldRefuseAnotherToken(String authorization) throws IOException {
        try (WebServer server = WebServer.start(settings("127.0.0.1", TOKEN, false))) {
            RawHttp.Answer answer = RawHttp.get(server, "/", "Authorization: " + authorization);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers()).containsEntry("www-authenticate", "Bearer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "me", "\u00fcser"})
    void shouldTakeTheTokenAsABrowsersPassword(String user) throws IOException {
        try (WebServer server = WebServer.start(settings("127.0.0.1", TOKEN, false))) {
            assertThat(RawHttp.get(server, "/", password(user, TOKEN)).status()).isEqualTo(200);
            assertThat(RawHttp.get(server, "/", password(user, TOKEN + ":")).status()).isEqualTo(401);
        }
    }

    @Test
    void shouldHaveABrowserAskForTheTokenThatOpensAPage() throws IOException {
        try (WebServer server = WebServer.start(settings("127.0.0.1", TOKEN, false))) {
            RawHttp.Answer page = RawHttp.get(server, "/", "Accept: text/html,application/xhtml+xml,*/*;q=0.8");
            RawHttp.Answer data = RawHttp.get(server, "/api/model", "Accept: application/json");

            assertThat(page.status()).isEqualTo(401);
            assertThat(page.headers()).containsEntry("www-authenticate",
                    "Bearer, Basic realm=\"ood-monitor\", charset=\"UTF-8\"");
            assertThat(data.headers()).containsEntry("www-authenticate", "Bearer");
        }
    }

    /** A browser sends the password with whatever is posted here, from wherever. */
    @ParameterizedTest
    @CsvSource({"http://monitor.example:8080, true", "HTTP://Monitor.Example:8080, true", "http://evil.example, false",
        "http://evilmonitor.example:8080, false", "http://monitor.example, false", "null, false"})
    void shouldNotTakeAPasswordFromAnotherSitesPage(String origin, boolean taken) throws IOException {
        try (WebServer server = WebServer.start(settings("0.0.0.0", TOKEN, false))) {
            assertThat(postedFrom(server, origin, password("me", TOKEN))).isEqualTo(taken ? 503 : 401);
            assertThat(postedFrom(server, origin, "Authorization: Bearer " + TOKEN)).isEqualTo(503);
        }
    }

    private static int postedFrom(WebServer server, String origin, String authorization) throws IOException {
        return RawHttp.send(server, "POST /score HTTP/1.1", "Host: monitor.example:8080", "Origin: " + origin,
                "Content-Length: 0", authorization).status();
    }

    private static String password(String user, String password) {
        return "Authorization: Basic " + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldAnswerProbesWithoutTheToken() throws IOException {
        try (WebServer server = WebServer.start(settings("127.0.0.1", TOKEN, false))) {
            for (String path : new String[] {"/health/live", "/health/ready"}) {
                RawHttp.Answer answer = RawHttp.get(server, path);

                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.body()).contains("\"why\":\"The monitor starts: ");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 200", "localhost:8080, 200", "LocalHost, 200", "[::1]:8080, 200", "evil.example, 421",
        "127.0.0.1.evil.example, 421", "localhost.evil.example:8080, 421", "10.0.0.7, 421"})
    void shouldAnswerOnlyToNamesOfThisMachine(String host, int status) throws IOException {
        try (WebServer server = local()) {
            assertThat(RawHttp.get(server, "/", "Host: " + host).status()).isEqualTo(status);
        }
    }

    @Test
    void shouldNotLetTheFirstLineNameAnotherMachine() throws IOException {
        try (WebServer server = local()) {
            assertThat(RawHttp.send(server, "GET http://evil.example/status HTTP/1.1", "Host: evil.example").status())
                    .isEqualTo(421);
            assertThat(RawHttp.send(server, "GET http://evil.example/status HTTP/1.1", "Host: localhost").status())
                    .isIn(400, 421);
        }
    }

    @Test
    void shouldAnswerToAnyNameBehindAProxyOnThisMachine() throws IOException {
        try (WebServer server = WebServer.start(settings("127.0.0.1", null, true))) {
            assertThat(RawHttp.get(server, "/", "Host: monitor.example").status()).isEqualTo(200);
        }
    }
}
