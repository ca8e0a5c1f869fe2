package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.embedded.EmbeddedRegistry;
import io.oodmonitor.event.MalformedRecordException.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client does when the registry, or something in its place, does not behave. */
@Timeout(20)
class RegistryClientFailureTest {

    private static final String A_STRING = "{\"schema\": \"\\\"string\\\"\"}";
    private static final String UNKNOWN = "{\"error_code\": 40403, \"message\": \"Schema not found\"}";

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 429, 408})
    void shouldCallAnOverloadedRegistryUnavailableAndRecover(int status) throws IOException {
        AtomicInteger calls = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.http(exchange ->
            ScriptedServer.answer(exchange, calls.getAndIncrement() == 0 ? status : 200, A_STRING))) {
            RegistryClient client = client(server.url());

            assertThatThrownBy(() -> client.schemaById(1)).isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(server.url().toString()).hasMessageContaining("" + status);
            assertThat(client.schemaById(1).getType()).isEqualTo(Schema.Type.STRING);
        }
    }

    @Test
    void shouldGoOnToTheNextAddressAndStayThere() throws IOException {
        try (ScriptedServer broken = ScriptedServer.http(ScriptedServer.answering(503, ""));
            EmbeddedRegistry sound = EmbeddedRegistry.inMemory()) {
            RegistryClient client = client(ScriptedServer.nowhere(), broken.url(), sound.url());

            assertThat(client.register("a-value", Schema.create(Schema.Type.STRING))).isEqualTo(1);
            assertThat(client.register("b-value", Schema.create(Schema.Type.STRING))).isEqualTo(1);

            assertThat(broken.requests()).hasSize(1);
        }
    }

    @Test
    void shouldNameEveryAddressThatDidNotAnswer() throws IOException {
        URI one = ScriptedServer.nowhere();
        URI two = ScriptedServer.nowhere();

        assertThatThrownBy(() -> client(one, two).schemaById(1)).isInstanceOf(RegistryUnavailableException.class)
            .hasMessageContaining("no schema registry answered: " + one + ": cannot be reached")
            .hasMessageContaining(two.toString());
    }

    @Test
    void shouldNotWaitForASlowRegistry() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.http(exchange -> await(end))) {
            assertThatThrownBy(() -> client(server.url()).schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class).hasMessageContaining("no answer within 500 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void shouldNotWaitForASlowBodyEither() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.http(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(end);
        })) {
            assertThatThrownBy(() -> client(server.url()).schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class).hasMessageContaining("no answer within 500 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void shouldNotTakeAnEndlessBody() throws IOException {
        byte[] block = new byte[1 << 16];
        Arrays.fill(block, (byte) ' ');
        try (ScriptedServer server = ScriptedServer.http(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1_000; i++) {
                exchange.getResponseBody().write(block);
            }
        })) {
            RegistryClient client = new RegistryClient(new RegistrySettings(List.of(server.url()), Optional.empty(),
                Optional.empty(), Duration.ofSeconds(15), true));

            assertThatThrownBy(() -> client.schemaById(1)).isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("longer than 1048576 bytes");
        }
    }

    @Test
    void shouldNotMistakeAnotherServersAnswersForARegistrys() throws IOException {
        Map<Integer, String> answers = Map.of(200, "<html>Please log in</html>", 404, "<html>Not here</html>", 302, "");
        for (Map.Entry<Integer, String> answer : answers.entrySet()) {
            try (ScriptedServer server = ScriptedServer.http(
                ScriptedServer.answering(answer.getKey(), answer.getValue()))) {
                assertThatThrownBy(() -> client(server.url()).schemaById(1))
                    .isInstanceOf(RegistryUnavailableException.class).hasMessageContaining("" + answer.getKey());
            }
        }
        // What Confluent's own server says at a wrong path.
        try (ScriptedServer server = ScriptedServer.http(
            ScriptedServer.answering(404, "{\"error_code\": 404, \"message\": \"HTTP 404 Not Found\"}"))) {
            assertThatThrownBy(() -> client(server.url()).schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class).hasMessageContaining("is the path of the URL right?");
        }
    }

    @Test
    void shouldRememberThatAnIdIsUnknownForTenSeconds() throws IOException {
        AtomicLong nanos = new AtomicLong();
        try (ScriptedServer server = ScriptedServer.http(ScriptedServer.answering(404, UNKNOWN))) {
            RegistryClient client = new RegistryClient(RegistrySettings.of(server.url()), nanos::get);
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> client.schemaById(7)).isInstanceOf(UnknownSchemaException.class)
                    .hasMessage("the schema registry " + server.url() + " knows no schema of id 7");
            }
            assertThat(server.requests()).containsExactly("GET /schemas/ids/7");

            nanos.set(RegistryClient.UNKNOWN_FOR.toNanos());
            assertThatThrownBy(() -> client.schemaById(7)).isInstanceOf(UnknownSchemaException.class);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void shouldKnowThatIdsAreNeverNegativeWithoutAsking() throws IOException {
        RegistryClient client = client(ScriptedServer.nowhere());

        assertThatThrownBy(() -> client.schemaById(-1)).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void shouldAskOnceHoweverManyThreadsNeedASchema() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.http(exchange -> {
            await(asked);
            ScriptedServer.answer(exchange, 200, A_STRING);
        })) {
            RegistryClient client = new RegistryClient(RegistrySettings.of(server.url()));
            ExecutorService threads = Executors.newFixedThreadPool(16);
            try {
                List<Future<Schema>> schemas = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> client.schemaById(1))).toList();
                asked.countDown();
                for (Future<Schema> schema : schemas) {
                    assertThat(schema.get().getType()).isEqualTo(Schema.Type.STRING);
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void shouldSayWhoseCredentialsAreRefusedButNotThePassword() throws IOException {
        try (ScriptedServer server = ScriptedServer.http(exchange -> {
            boolean right = "Basic YW5uOnNlY3JldA==".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            ScriptedServer.answer(exchange, right ? 200 : 401, right ? A_STRING : "Unauthorized");
        })) {
            assertThat(withUserInfo(server.url(), "ann:secret").schemaById(1)).isNotNull();
            assertThatThrownBy(() -> withUserInfo(server.url(), "ann:wr0ng").schemaById(1))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessage("the schema registry " + server.url() + " refuses the credentials of user ann (401); set "
                    + "schema.registry.basic.auth.user.info to user:password");
            assertThatThrownBy(() -> client(server.url()).schemaById(1)).isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("refuses a request without credentials (401)");
        }
    }

    @Test
    void shouldRefuseSchemasOfAnotherKind() throws IOException {
        Map<String, String> answers = Map.of(
            "{\"schema\": \"syntax = proto3;\", \"schemaType\": \"PROTOBUF\"}", "must be of type AVRO",
            A_STRING.replace("}", ", \"references\": [{\"name\": \"Other\", \"subject\": \"o\", \"version\": 1}]}"),
            "must stand alone",
            "{\"schema\": \"{\\\"type\\\": \\\"bogus\\\"}\"}", "is no Avro schema",
            "{}", "is no Avro schema");
        for (Map.Entry<String, String> answer : answers.entrySet()) {
            try (ScriptedServer server = ScriptedServer.http(ScriptedServer.answering(200, answer.getKey()))) {
                RegistryClient client = client(server.url());
                assertThatThrownBy(() -> client.schemaById(1)).isInstanceOf(UnusableSchemaException.class)
                    .hasMessageContaining(answer.getValue());
                assertThatThrownBy(() -> new AvroDeserializer<>(client, ImageEvent.class)
                    .deserialize("images", new byte[] {0, 0, 0, 0, 1, 2})).isInstanceOfSatisfying(
                    MalformedRecordException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SCHEMA_MISMATCH));
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void shouldSurviveASchemaOfADepthThatOverflowsStacks() throws IOException {
        String deep = "\"null\"";
        for (int i = 0; i < 5_000; i++) {
            deep = "{\"type\":\"array\",\"items\":" + deep + "}";
        }
        try (ScriptedServer server = ScriptedServer.http(
            ScriptedServer.answering(200, "{\"schema\": \"" + deep.replace("\"", "\\\"") + "\"}"))) {
            assertThatThrownBy(() -> client(server.url()).schemaById(1)).isInstanceOf(UnusableSchemaException.class);
        }
    }

    @Test
    void shouldTellAMalformedRecordFromAnUnavailableRegistry() throws IOException {
        byte[] record = {0, 0, 0, 0, 9, 2};
        try (ScriptedServer server = ScriptedServer.http(ScriptedServer.answering(404, UNKNOWN))) {
            assertThatThrownBy(() -> new AvroDeserializer<>(client(server.url()), ImageEvent.class)
                .deserialize("images", record)).isInstanceOfSatisfying(MalformedRecordException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA));
        }
        assertThatThrownBy(() -> new AvroDeserializer<>(client(ScriptedServer.nowhere()), ImageEvent.class)
            .deserialize("images", record)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void shouldNotHammerTheRegistryOverATopicFullOfRandomIds() throws IOException {
        try (ScriptedServer server = ScriptedServer.http(ScriptedServer.answering(404, UNKNOWN))) {
            AvroDeserializer<ImageEvent> deserializer = new AvroDeserializer<>(client(server.url()), ImageEvent.class);
            for (int i = 0; i < 20_000; i++) {
                byte[] record = {0, 0, 0, 0, (byte) (i % 100), 2};
                assertThatThrownBy(() -> deserializer.deserialize("images", record))
                    .isInstanceOf(MalformedRecordException.class);
            }
            assertThat(server.requests()).hasSize(100).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldStopWaitingWhenInterrupted() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.http(exchange -> await(end))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> client(server.url()).schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class);
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            end.countDown();
        }
    }

    private static RegistryClient client(URI... urls) {
        return new RegistryClient(new RegistrySettings(List.of(urls), Optional.empty(), Optional.empty(),
            Duration.ofMillis(500), true));
    }

    private static RegistryClient withUserInfo(URI url, String userInfo) {
        return new RegistryClient(RegistrySettings.from(Map.of(
            RegistrySettings.URL, url.toString(), RegistrySettings.USER_INFO, userInfo)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
