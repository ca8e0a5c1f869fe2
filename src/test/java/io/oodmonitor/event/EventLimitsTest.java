package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.event.MalformedRecordException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

class EventLimitsTest {

    private static final EventLimits LIMITS = new EventLimits(1_000, 100, 3);

    private static ImageEvent read(ImageEvent event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(WireFormat.header(1));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new SpecificDatumWriter<>(ImageEvent.class).write(event, encoder);
        encoder.flush();
        return new RecordReader<ImageEvent>(PublishedSchema.of(ImageEvent.class), ImageEvent.SCHEMA$,
            GeneratedClasses.of(ImageEvent.class), LIMITS).read(out.toByteArray());
    }

    private static void assertTooLarge(ImageEvent event, String message) {
        assertThatThrownBy(() -> read(event)).hasMessage(message).isInstanceOfSatisfying(
            MalformedRecordException.class, e -> assertThat(e.reason()).isEqualTo(Reason.EVENT_TOO_LARGE));
    }

    private static ImageEvent withAttributes(int count, int length) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < count; i++) {
            attributes.put("k" + i, "v".repeat(length));
        }
        return ImageEvent.newBuilder(Events.image()).setAttributes(attributes).build();
    }

    @Test
    void shouldTakeWhatIsWithinThem() throws IOException {
        assertThat(read(withAttributes(3, 30))).isEqualTo(withAttributes(3, 30));
    }

    @Test
    void shouldRefuseTooManyAttributes() {
        assertTooLarge(withAttributes(4, 1), "the event must have at most 3 attributes, but has at least 4");
    }

    @Test
    void shouldRefuseTextsThatAreTooLongTogether() {
        assertTooLarge(withAttributes(3, 40),
            "the event's texts must have at most 100 bytes together, but have 128");
        assertTooLarge(ImageEvent.newBuilder(Events.image()).setId("\u20ac".repeat(34)).build(),
            "the event's texts must have at most 100 bytes together, but have 103");
    }

    @Test
    void shouldRefuseARecordThatIsTooLong() {
        ImageEvent event = ImageEvent.newBuilder(Events.image())
            .setImage(ByteBuffer.wrap(new byte[1_000])).build();
        assertThatThrownBy(() -> read(event))
            .hasMessageStartingWith("the record must have at most 1000 bytes, but has 1");
    }

    @Test
    void shouldBeNumbersOfSomething() {
        assertThatThrownBy(() -> new EventLimits(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EventLimits(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EventLimits(1, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
