package io.oodmonitor.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The REST API as anyone's client sees it. */
class EmbeddedRegistryTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String A = record("{\"name\":\"a\",\"type\":\"string\"}");
    private static final String AB =
        record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
    /** Cannot read A. */
    private static final String B = record("{\"name\":\"b\",\"type\":\"int\"}");

    private final HttpClient http = HttpClient.newHttpClient();
    private EmbeddedRegistry registry;

    @TempDir
    private Path folder;

    private record Reply(int status, String body) {
    }

    @BeforeEach
    void start() throws IOException {
        registry = EmbeddedRegistry.inMemory();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void shouldSayHello() throws Exception {
        assertThat(get("/")).isEqualTo(new Reply(200, "{}"));
        assertThat(get("/schemas/types")).isEqualTo(new Reply(200, "[\"AVRO\"]"));
        assertThat(get("/subjects")).isEqualTo(new Reply(200, "[]"));
        assertThat(get("/mode")).isEqualTo(new Reply(200, "{\"mode\":\"READWRITE\"}"));
    }

    @Test
    void shouldSpeakTheApisMediaType() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects")).build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());

        assertThat(response.headers().firstValue("Content-Type")).contains("application/vnd.schemaregistry.v1+json");
    }

    @Test
    void shouldRegisterAndShow() throws Exception {
        assertThat(register("x-value", A)).isEqualTo(new Reply(200, "{\"id\":1}"));
        assertThat(register("x-value", AB)).isEqualTo(new Reply(200, "{\"id\":2}"));

        assertThat(get("/subjects")).isEqualTo(new Reply(200, "[\"x-value\"]"));
        assertThat(get("/subjects/x-value/versions")).isEqualTo(new Reply(200, "[1,2]"));
        assertThat(get("/subjects/x-value/versions/latest").body())
            .isEqualTo(JSON.writeValueAsString(JSON.createObjectNode().put("subject", "x-value").put("version", 2)
                .put("id", 2).put("schema", AB)));
        assertThat(get("/subjects/x-value/versions/1/schema")).isEqualTo(new Reply(200, A));
        assertThat(get("/schemas/ids/1")).isEqualTo(new Reply(200, schema(A)));
        assertThat(get("/schemas/ids/2/schema")).isEqualTo(new Reply(200, AB));
        assertThat(post("/subjects/x-value", schema(A)).body()).contains("\"version\":1", "\"id\":1");
    }

    @Test
    void shouldGiveOneIdToOneSchemaWhereverItIs() throws Exception {
        register("x-value", A);
        register("y-value", AB);

        assertThat(register("y-value", "  " + A.replace(":", " : "))).isEqualTo(new Reply(200, "{\"id\":1}"));
        assertThat(get("/schemas/ids/1/subjects")).isEqualTo(new Reply(200, "[\"x-value\",\"y-value\"]"));
        assertThat(JSON.readTree(get("/schemas/ids/1/versions").body())).isEqualTo(JSON.readTree(
            "[{\"subject\":\"x-value\",\"version\":1},{\"subject\":\"y-value\",\"version\":2}]"));
        assertThat(register("x-value", A)).isEqualTo(new Reply(200, "{\"id\":1}"));
        assertThat(get("/subjects/x-value/versions")).isEqualTo(new Reply(200, "[1]"));
    }

    @Test
    void shouldTakeNamesThatNeedEscaping() throws Exception {
        register("a%2Fb%20c+d%25-value", A);

        assertThat(get("/subjects")).isEqualTo(new Reply(200, "[\"a/b c+d%-value\"]"));
        assertThat(get("/subjects/a%2Fb%20c+d%25-value/versions")).isEqualTo(new Reply(200, "[1]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        GET    | /subjects/none/versions            | 404 | 40401
        GET    | /subjects/none/versions/1          | 404 | 40401
        GET    | /subjects/x-value/versions/9       | 404 | 40402
        GET    | /subjects/x-value/versions/0       | 422 | 42202
        GET    | /subjects/x-value/versions/newest  | 422 | 42202
        GET    | /schemas/ids/99                    | 404 | 40403
        GET    | /schemas/ids/x                     | 404 | 40403
        GET    | /schemas/ids/-2147483648           | 404 | 40403
        GET    | /config/x-value                    | 404 | 40408
        GET    | /nothing/here                      | 404 | 404
        DELETE | /subjects                          | 405 | 405
        DELETE | /subjects/none                     | 404 | 40401
        DELETE | /subjects/x-value?permanent=true   | 404 | 40405
        DELETE | /subjects/x-value/versions/1?permanent=true | 404 | 40407
        """)
    void shouldRefuseWithTheApisCodes(String method, String path, int status, int code) throws Exception {
        register("x-value", A);

        assertError(send(method, path, ""), status, code);
    }

    @Test
    void shouldRefuseBadBodiesWithTheApisCodes() throws Exception {
        register("x-value", A);

        assertError(post("/subjects/x-value/versions", schema("{\"type\":\"bogus\"}")), 422, 42201);
        assertError(post("/subjects/x-value/versions", "{}"), 422, 42201);
        assertError(post("/subjects/x-value/versions", "{\"schema\":\"\",\"schemaType\":\"JSON\"}"), 422, 42201);
        assertError(post("/subjects/x-value/versions", "no JSON"), 400, 400);
        assertError(post("/subjects/x-value/versions", ""), 400, 400);
        assertError(post("/subjects/x-value", schema(AB)), 404, 40403);
        assertError(post("/subjects/none", schema(A)), 404, 40401);
        assertError(put("/config", "{\"compatibility\":\"SOMETIMES\"}"), 422, 42203);
        assertError(post("/subjects/x-value/versions", " ".repeat((1 << 20) + 1)), 413, 413);
    }

    @Test
    void shouldNotTakeAFormFromABrowser() throws Exception {
        HttpRequest form = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/x-value/versions"))
            .header("Content-Type", "text/plain").POST(BodyPublishers.ofString(schema(A))).build();

        assertThat(http.send(form, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
    }

    @Test
    void shouldSurviveASchemaOfADepthThatOverflowsStacks() throws Exception {
        String deep = "\"null\"";
        for (int i = 0; i < 5_000; i++) {
            deep = "{\"type\":\"array\",\"items\":" + deep + "}";
        }

        assertError(register("x-value", deep), 422, 42201);
    }

    @Test
    void shouldDemandBackwardCompatibility() throws Exception {
        register("x-value", A);

        assertError(register("x-value", B), 409, 409);
        assertThat(register("x-value", B).body())
            .contains("incompatible with an earlier schema for subject", "READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(get("/subjects/x-value/versions")).isEqualTo(new Reply(200, "[1]"));
    }

    @ParameterizedTest
    @CsvSource({"NONE, true, true", "BACKWARD, false, true", "FORWARD, false, true", "FULL, false, true",
        "BACKWARD_TRANSITIVE, false, true", "FORWARD_TRANSITIVE, false, true", "FULL_TRANSITIVE, false, true"})
    void shouldGoByTheSubjectsLevel(String level, boolean takesB, boolean takesAb) throws Exception {
        register("x-value", A);
        assertThat(put("/config/x-value", "{\"compatibility\":\"" + level + "\"}").status()).isEqualTo(200);

        assertThat(post("/compatibility/subjects/x-value/versions/latest", schema(B)).body())
            .isEqualTo("{\"is_compatible\":" + takesB + "}");
        assertThat(post("/compatibility/subjects/x-value/versions", schema(AB)).body())
            .isEqualTo("{\"is_compatible\":" + takesAb + "}");
        assertThat(register("x-value", B).status()).isEqualTo(takesB ? 200 : 409);
    }

    @Test
    void shouldLookAtAllVersionsOnlyWhenTransitive() throws Exception {
        String optional = record("{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
        String text = record("{\"name\":\"b\",\"type\":\"string\",\"default\":\"\"}");
        register("x-value", text);
        register("x-value", A.replace("\"string\"", "\"string\",\"default\":\"\""));

        put("/config/x-value", "{\"compatibility\":\"BACKWARD_TRANSITIVE\"}");
        assertThat(register("x-value", optional).status()).isEqualTo(409);
        put("/config/x-value", "{\"compatibility\":\"BACKWARD\"}");
        assertThat(register("x-value", optional).status()).isEqualTo(200);
    }

    @Test
    void shouldKeepLevels() throws Exception {
        assertThat(get("/config").body()).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(put("/config", "{\"compatibility\":\"none\"}").body()).isEqualTo("{\"compatibility\":\"NONE\"}");
        assertThat(get("/config").body()).isEqualTo("{\"compatibilityLevel\":\"NONE\"}");
        assertThat(get("/config/x?defaultToGlobal=true").body()).isEqualTo("{\"compatibilityLevel\":\"NONE\"}");

        put("/config/x", "{\"compatibility\":\"FULL\"}");
        assertThat(get("/config/x").body()).isEqualTo("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(delete("/config/x").body()).isEqualTo("{\"compatibilityLevel\":\"FULL\"}");
        assertError(get("/config/x"), 404, 40408);
    }

    @Test
    void shouldExplainIncompatibilityWhenAsked() throws Exception {
        register("x-value", A);

        assertThat(post("/compatibility/subjects/x-value/versions/1?verbose=true", schema(B)).body())
            .contains("\"is_compatible\":false", "\"messages\":[\"the new schema cannot read the old one's records");
        assertThat(post("/compatibility/subjects/new/versions/latest", schema(B)).body())
            .isEqualTo("{\"is_compatible\":true}");
        assertError(post("/compatibility/subjects/x-value/versions/7", schema(B)), 404, 40402);
    }

    @Test
    void shouldDeleteSoftlyThenForGood() throws Exception {
        register("x-value", A);
        register("x-value", AB);

        assertThat(delete("/subjects/x-value/versions/1")).isEqualTo(new Reply(200, "1"));
        assertError(delete("/subjects/x-value/versions/1"), 404, 40406);
        assertThat(get("/subjects/x-value/versions")).isEqualTo(new Reply(200, "[2]"));
        assertThat(get("/subjects/x-value/versions?deleted=true")).isEqualTo(new Reply(200, "[1,2]"));
        assertThat(get("/schemas/ids/1").status()).isEqualTo(200);
        assertThat(delete("/subjects/x-value/versions/1?permanent=true")).isEqualTo(new Reply(200, "1"));

        assertThat(delete("/subjects/x-value")).isEqualTo(new Reply(200, "[2]"));
        assertError(delete("/subjects/x-value"), 404, 40404);
        assertThat(get("/subjects")).isEqualTo(new Reply(200, "[]"));
        assertThat(get("/subjects?deleted=true")).isEqualTo(new Reply(200, "[\"x-value\"]"));
        assertError(get("/subjects/x-value/versions"), 404, 40401);
        assertThat(delete("/subjects/x-value?permanent=true")).isEqualTo(new Reply(200, "[2]"));
        assertThat(get("/subjects?deleted=true")).isEqualTo(new Reply(200, "[]"));
    }

    @Test
    void shouldBringBackADeletedSchemaAsANewVersion() throws Exception {
        register("x-value", A);
        delete("/subjects/x-value");

        assertThat(register("x-value", A)).isEqualTo(new Reply(200, "{\"id\":1}"));
        assertThat(get("/subjects/x-value/versions")).isEqualTo(new Reply(200, "[2]"));
    }

    @Test
    void shouldRememberInAFolder() throws Exception {
        restartIn(folder);
        register("x-value", A);
        register("y-value", AB);
        put("/config/y-value", "{\"compatibility\":\"FULL\"}");
        delete("/subjects/x-value");

        restartIn(folder);

        assertThat(get("/schemas/ids/1")).isEqualTo(new Reply(200, schema(A)));
        assertThat(get("/subjects")).isEqualTo(new Reply(200, "[\"y-value\"]"));
        assertThat(get("/subjects?deleted=true")).isEqualTo(new Reply(200, "[\"x-value\",\"y-value\"]"));
        assertThat(get("/config/y-value").body()).isEqualTo("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(register("z-value", B)).isEqualTo(new Reply(200, "{\"id\":3}"));
    }

    @Test
    void shouldSurviveBeingKilled() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path"), RegistryProcess.class.getName(), folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            String url = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
            for (int i = 1; i <= 20; i++) {
                String text = record("{\"name\":\"f" + i + "\",\"type\":\"int\"}");
                HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/subjects/s" + i + "/versions"))
                    .POST(BodyPublishers.ofString(schema(text))).build();
                assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo("{\"id\":" + i + "}");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        // What a save that was cut off leaves behind.
        Files.writeString(folder.resolve("schemas.json.draft"), "{\"compati");

        restartIn(folder);

        assertThat(JSON.readTree(get("/subjects").body())).hasSize(20);
        assertThat(get("/schemas/ids/20").body()).contains("f20");
    }

    @Test
    void shouldRefuseAFolderInUseOrDamaged() throws Exception {
        restartIn(folder);
        assertThatThrownBy(() -> EmbeddedRegistry.start(anyPort(), Optional.of(folder))).isInstanceOf(IOException.class)
            .hasMessage("the schema registry's folder " + folder + " is in use by another registry");
        registry.close();

        String dangling = """
            {"compatibility": "BACKWARD", "schemas": [], "subjects": {
              "x": {"compatibility": null, "versions": [{"version": 1, "id": 1, "deleted": false}]}}}""";
        for (String damage : List.of("{\"compati", "{}", dangling)) {
            Files.writeString(folder.resolve("schemas.json"), damage);
            assertThatThrownBy(() -> EmbeddedRegistry.start(anyPort(), Optional.of(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the schema registry's file " + folder.resolve("schemas.json") + " is damaged");
        }
    }

    @Test
    void shouldSayThatThePortIsTaken() {
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), registry.url().getPort());

        assertThatThrownBy(() -> EmbeddedRegistry.start(taken, Optional.of(folder))).isInstanceOf(IOException.class)
            .hasMessageContaining("the schema registry cannot listen on localhost:" + taken.getPort())
            .hasMessageContaining("Address already in use");
    }

    private void restartIn(Path folder) throws IOException {
        registry.close();
        registry = EmbeddedRegistry.start(anyPort(), Optional.of(folder));
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static void assertError(Reply reply, int status, int code) throws IOException {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(JSON.readTree(reply.body()).path("error_code").asInt()).isEqualTo(code);
        assertThat(JSON.readTree(reply.body()).path("message").asText()).isNotBlank();
    }

    private Reply register(String subject, String schema) throws Exception {
        return post("/subjects/" + subject + "/versions", schema(schema));
    }

    private Reply get(String path) throws Exception {
        return send("GET", path, "");
    }

    private Reply post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    private Reply delete(String path) throws Exception {
        return send("DELETE", path, "");
    }

    private Reply put(String path, String body) throws Exception {
        return send("PUT", path, body);
    }

    private Reply send(String method, String path, String body) throws Exception {
        HttpResponse<String> response = http.send(HttpRequest.newBuilder(URI.create(registry.url() + path))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.body());
    }

    private static String schema(String text) throws IOException {
        return JSON.writeValueAsString(Map.of("schema", text));
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"test\",\"fields\":[" + fields + "]}";
    }
}
