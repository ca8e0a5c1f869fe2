package io.oodmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.stream.HttpSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The description and the server say the same. */
@Timeout(60)
class OpenApiTest {

    private WebServer server;
    private JsonNode description;

    @BeforeEach
    void setUp() throws IOException {
        server = WebServer.start(new HttpSettings("127.0.0.1", 0, Optional.empty(), false));
        description = new ObjectMapper().readTree(RawHttp.get(server, "/openapi.json").body());
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void shouldDescribeEveryPathAndNoOther() {
        Stream<String> api = new Api(server.dashboard(), null).routes().keySet().stream().map(PathSpec::getDeclaration);
        Stream<String> others = Stream.of("/status", "/config", "/metrics", "/health/live", "/health/ready");

        assertThat(description.path("openapi").asText()).startsWith("3.1");
        assertThat(names(description.path("paths"))).containsExactlyInAnyOrderElementsOf(
                Stream.concat(api, others).toList());
    }

    @Test
    void shouldDescribeTheMethodsThatAreAnswered() throws IOException {
        for (String path : names(description.path("paths"))) {
            for (String method : List.of("GET", "POST", "DELETE")) {
                String actual = path.replace("{key}", "1-2-3");
                boolean endless = path.equals("/api/events") && method.equals("GET");
                if (!endless) {
                    assertThat(RawHttp.send(server, method + " " + actual + " HTTP/1.1", "Content-Length: 0").status()
                            != 405).as(method + " " + path).isEqualTo(description.path("paths").path(path)
                                    .has(method.toLowerCase(Locale.ROOT)));
                }
            }
        }
    }

    @Test
    void shouldReferOnlyToWhatIsThere() {
        TreeSet<String> references = new TreeSet<>();
        description.findValues("$ref").forEach(reference -> references.add(reference.asText()));

        assertThat(references).isNotEmpty().allSatisfy(reference ->
                assertThat(description.at(reference.substring(1)).isMissingNode()).isFalse());
    }

    @Test
    void shouldSayThatTheMonitorStarts() throws IOException {
        for (String path : names(description.path("paths"))) {
            if (path.startsWith("/api/") && !path.contains("{") && !path.equals("/api/events")) {
                RawHttp.Answer answer = RawHttp.get(server, path);

                assertThat(answer.status()).as(path).isEqualTo(503);
                assertThat(answer.body().strip()).isEqualTo("{\"why\":\"The monitor starts.\"}");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/lib/uPlot.iife.min.js", "/lib/uPlot.min.css"})
    void shouldServeTheLibraryOfCharts(String path) throws IOException {
        RawHttp.Answer answer = RawHttp.get(server, path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("content-type"))
                .isEqualTo(path.endsWith("js") ? "text/javascript" : "text/css");
        assertThat(answer.body()).contains("uplot");
    }
}
