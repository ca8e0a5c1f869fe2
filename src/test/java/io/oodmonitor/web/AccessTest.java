package io.oodmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.stream.HttpSettings;
import java.io.IOException;
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
        "Bearer", "Basic 0123456789abcdef", "0123456789abcdef"})
    void shouldRefuseAnotherToken(String authorization) throws IOException {
        try (WebServer server = WebServer.start(settings("127.0.0.1", TOKEN, false))) {
            RawHttp.Answer answer = RawHttp.get(server, "/", "Authorization: " + authorization);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers()).containsEntry("www-authenticate", "Bearer");
        }
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
