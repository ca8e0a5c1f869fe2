package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What our client and serde need of a registry, whoever made it. */
abstract class RegistryContract {

    private RegistryClient client;
    private String topic;

    /** The registry under test, at the path under which it speaks the Confluent API. */
    abstract URI registry();

    @BeforeEach
    void connect() {
        client = new RegistryClient(RegistrySettings.of(registry()));
        topic = "topic " + UUID.randomUUID();
    }

    @ParameterizedTest
    @ValueSource(classes = {ImageEvent.class, OodScore.class, OodThreshold.class, OodRate.class, OodRateAlert.class})
    void shouldGiveBackTheSchemasOfAllRecords(Class<? extends SpecificRecord> type) {
        Schema published = PublishedSchema.of(type);

        int id = client.register(AvroSerializer.subject(topic), published);

        assertThat(fresh().schemaById(id)).isEqualTo(published);
    }

    @Test
    void shouldGiveTheSameIdAgain() {
        Schema schema = PublishedSchema.of(OodScore.class);
        int id = client.register(topic + "-value", schema);

        assertThat(fresh().register(topic + "-value", schema)).isEqualTo(id);
        assertThat(fresh().lookup(topic + "-value", schema)).hasValue(id);
    }

    @Test
    void shouldFindNothingUnderAnotherSubject() {
        Schema schema = PublishedSchema.of(OodScore.class);
        client.register(topic + "-value", schema);

        assertThat(client.lookup(topic + "-other", schema)).isEmpty();
        assertThat(client.lookup(topic + "-value", PublishedSchema.of(OodRate.class))).isEmpty();
    }

    @Test
    void shouldFindWhatIsRegisteredAfterItWasMissed() {
        Schema schema = PublishedSchema.of(OodScore.class);
        assertThat(client.lookup(topic + "-value", schema)).isEmpty();

        int id = client.register(topic + "-value", schema);

        assertThat(client.lookup(topic + "-value", schema)).hasValue(id);
    }

    @Test
    void shouldCarryRecords() {
        Serde<OodThreshold> serde = AvroSerdes.of(client, OodThreshold.class);
        byte[] record = serde.serializer().serialize(topic, Events.threshold());

        assertThat(AvroSerdes.of(fresh(), OodThreshold.class).deserializer().deserialize(topic, record))
            .isEqualTo(Events.threshold());
    }

    @Test
    void shouldNotKnowAnIdNobodyGave() {
        assertThatThrownBy(() -> client.schemaById(987_654)).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void shouldOnlyLookUpWhenToldSo() {
        AvroSerializer<OodScore> serializer = new AvroSerializer<>(new RegistryClient(new RegistrySettings(
            List.of(registry()), Optional.empty(), Optional.empty(), Duration.ofSeconds(5), false)), OodScore.class);

        assertThatThrownBy(() -> serializer.prepare(topic)).isInstanceOf(RegistryRefusedException.class)
            .hasMessage("subject " + topic + "-value holds no version equal to the schema of "
                + "io.oodmonitor.event.OodScore; register it, or set schema.registry.auto.register to true");

        client.register(topic + "-value", PublishedSchema.of(OodScore.class));
        serializer.prepare(topic);
    }

    @Test
    void shouldRefuseAnIncompatibleSchemaInOneSentence() throws Exception {
        demandBackwardCompatibility();
        String a = "{\"name\": \"a\", \"type\": \"string\"}";
        Schema first = record(a);
        Schema extended = record(a + ", {\"name\": \"b\", \"type\": \"int\", \"default\": 0}");
        Schema broken = record("{\"name\": \"a\", \"type\": \"int\"}");
        assertThat(client.compatibility(topic + "-value", first).compatible()).isTrue();
        client.register(topic + "-value", first);

        assertThat(client.compatibility(topic + "-value", extended).compatible()).isTrue();
        assertThat(client.compatibility(topic + "-value", broken).compatible()).isFalse();
        assertThatThrownBy(() -> client.register(topic + "-value", broken)).isInstanceOf(RegistryRefusedException.class)
            .hasMessageContaining("refuses the schema of test.R for subject " + topic
                + "-value as incompatible with what the subject holds (");
        assertThat(client.register(topic + "-value", extended)).isPositive();
    }

    /** Not every registry starts so. */
    private void demandBackwardCompatibility() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry() + "/config"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .PUT(BodyPublishers.ofString("{\"compatibility\": \"BACKWARD\"}")).build();
        assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private RegistryClient fresh() {
        return new RegistryClient(RegistrySettings.of(registry()));
    }

    private static Schema record(String fields) {
        return new Schema.Parser().parse(
            "{\"type\": \"record\", \"name\": \"R\", \"namespace\": \"test\", \"fields\": [" + fields + "]}");
    }
}
