package io.oodmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.stream.HttpSettings;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MetricsAnswerTest {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private WebServer server;

    @BeforeEach
    void setUp() {
        server = WebServer.start(new HttpSettings("127.0.0.1", 0, Optional.empty(), false));
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    /** The first is what Prometheus asks for by default. */
    @ParameterizedTest
    @ValueSource(strings = {
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
            + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "application/openmetrics-text"})
    void shouldSpeakOpenMetricsToWhoAsksForIt(String accept) throws IOException {
        RawHttp.Answer answer = RawHttp.get(server, "/metrics", "Accept: " + accept);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", OPEN_METRICS).containsEntry("vary", "Accept")
                .containsEntry("cache-control", "no-store");
        assertThat(answer.body()).endsWith("# EOF\n").contains("# TYPE ood_ready gauge\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept: */*", "Accept: text/plain", "X-Other: 1"})
    void shouldSpeakPrometheussOlderTextToOthers(String header) throws IOException {
        RawHttp.Answer answer = RawHttp.get(server, "/metrics", header);

        assertThat(answer.headers()).containsEntry("content-type", TEXT);
        assertThat(answer.body()).doesNotContain("# EOF");
    }

    @Test
    void shouldTellOfTheProcessBeforeThereIsAMonitor() throws IOException {
        assertThat(RawHttp.get(server, "/metrics").body()).contains("\nood_ready 0.0\n", "\njvm_memory_used_bytes{",
                "\nprocess_start_time_seconds ").doesNotContain("ood_threshold");
    }

    @Test
    void shouldOnlyBeRead() throws IOException {
        assertThat(RawHttp.send(server, "POST /metrics HTTP/1.1", "Content-Length: 0").status()).isEqualTo(405);
        RawHttp.Answer head = RawHttp.send(server, "HEAD /metrics HTTP/1.1");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }
}
