package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {

    /** Written by hand after the Avro specification: ids of one letter, RGB8, a pixel, no label, no attributes. */
    private static final byte[] IMAGE = {
        0, 0, 0, 0, 1, 2, 'a', 2, 'b', 2, 2, 2, 2, 2, 2, 6, 1, 2, 3, 0, 0
    };

    private EmbeddedRegistry registry;
    private RegistryClient client;

    @BeforeEach
    void start() throws IOException {
        registry = EmbeddedRegistry.inMemory();
        client = new RegistryClient(RegistrySettings.of(registry.url()));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void shouldWriteTheWireFormatByteForByte() {
        assertThat(new AvroSerializer<>(client, ImageEvent.class).serialize("images", Events.image())).isEqualTo(IMAGE);
    }

    @Test
    void shouldReadTheWireFormatByteForByte() {
        client.register("images-value", PublishedSchema.of(ImageEvent.class));

        ImageEvent event = new AvroDeserializer<>(client, ImageEvent.class).deserialize("images", IMAGE);

        assertThat(event).isEqualTo(Events.image());
    }

    @Test
    void shouldNotCopyTheImage() {
        client.register("images-value", PublishedSchema.of(ImageEvent.class));

        ByteBuffer image = new AvroDeserializer<>(client, ImageEvent.class).deserialize("images", IMAGE).getImage();

        assertThat(image.array()).isSameAs(IMAGE);
        assertThat(image.arrayOffset()).isEqualTo(16);
        assertThat(image.remaining()).isEqualTo(3);
        assertThat(image.capacity()).isEqualTo(3);
    }

    @Test
    void shouldReadBackWhatItWrote() {
        Serde<OodThreshold> serde = AvroSerdes.of(client, OodThreshold.class);

        byte[] bytes = serde.serializer().serialize("ood-thresholds", Events.threshold());

        assertThat(serde.deserializer().deserialize("ood-thresholds", bytes)).isEqualTo(Events.threshold());
    }

    @Test
    void shouldKeepNullAsNull() {
        Serde<OodThreshold> serde = AvroSerdes.of(client, OodThreshold.class);

        assertThat(serde.serializer().serialize("ood-thresholds", null)).isNull();
        assertThat(serde.deserializer().deserialize("ood-thresholds", null)).isNull();
    }

    @Test
    void shouldPublishTheContractWithoutNotesForJava() {
        new AvroSerializer<>(client, ImageEvent.class).prepare("images");

        String text = client.schemaById(1).toString();
        assertThat(text).doesNotContain("avro.java").contains("{\"name\":\"id\",\"type\":\"string\"");
    }

    @Test
    void shouldRegisterOnceATopicUnderItsSubject() throws IOException {
        try (ScriptedServer server = ScriptedServer.http(ScriptedServer.answering(200, "{\"id\": 1}"))) {
            RegistryClient counted = new RegistryClient(RegistrySettings.of(server.url()));
            AvroSerializer<ImageEvent> serializer = new AvroSerializer<>(counted, ImageEvent.class);

            serializer.prepare("images");
            serializer.serialize("images", Events.image());
            serializer.serialize("images", Events.image());
            serializer.serialize("calibration-images", Events.image());

            assertThat(server.requests()).containsExactly(
                "POST /subjects/images-value/versions", "POST /subjects/calibration-images-value/versions");
        }
    }

    @Test
    void shouldSayWhichRecordIsIncomplete() {
        AvroSerializer<ImageEvent> serializer = new AvroSerializer<>(client, ImageEvent.class);

        assertThatThrownBy(() -> serializer.serialize("images", new ImageEvent()))
            .isInstanceOf(SerializationException.class)
            .hasMessageContaining("a record for topic images is no complete ImageEvent");
    }

    @Test
    void shouldLeaveTheImagesBufferAsItWas() {
        ImageEvent event = Events.image();

        new AvroSerializer<>(client, ImageEvent.class).serialize("images", event);

        assertThat(event.getImage().remaining()).isEqualTo(3);
    }

    @Test
    void shouldServeManyThreadsAtOnce() throws Exception {
        Serde<OodThreshold> serde = AvroSerdes.of(client, OodThreshold.class);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<OodThreshold>> roundTrips = IntStream.range(0, 2_000)
                .mapToObj(i -> OodThreshold.newBuilder(Events.threshold()).setVersion(i).build())
                .<Callable<OodThreshold>>map(event -> () ->
                    serde.deserializer().deserialize("t", serde.serializer().serialize("t", event)))
                .toList();
            List<Future<OodThreshold>> results = threads.invokeAll(roundTrips);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get().getVersion()).isEqualTo(i);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
