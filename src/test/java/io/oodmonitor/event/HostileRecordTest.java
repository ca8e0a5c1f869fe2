package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.oodmonitor.event.MalformedRecordException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes and schemas by someone who means harm. */
class HostileRecordTest {

    private static final RecordReader<ImageEvent> IMAGES = reader(PublishedSchema.of(ImageEvent.class));
    private static final RecordReader<OodThreshold> THRESHOLDS = new RecordReader<>(
        PublishedSchema.of(OodThreshold.class), OodThreshold.SCHEMA$, GeneratedClasses.of(OodThreshold.class),
        EventLimits.NONE);
    /** Avro's own reader makes some small objects for each field. */
    private static final long ALLOCATION_FLOOR = 256 << 10;

    @Property(tries = 5_000)
    void shouldCallRandomBytesMalformedOrReadThem(@ForAll @Size(max = 200) byte[] body) {
        assertHarmless(IMAGES, framed(body));
        assertHarmless(THRESHOLDS, framed(body));
    }

    @Property(tries = 5_000)
    void shouldCallADamagedRecordMalformedOrReadIt(
        @ForAll @IntRange(max = 10_000) int position, @ForAll byte value, @ForAll @IntRange(max = 40) int cut)
        throws IOException {
        byte[] record = written(Events.threshold());
        record[WireFormat.HEADER_BYTES + position % (record.length - WireFormat.HEADER_BYTES)] = value;
        assertHarmless(THRESHOLDS, Arrays.copyOf(record, Math.max(WireFormat.HEADER_BYTES, record.length - cut)));
    }

    @Property(tries = 500)
    void shouldReadBackAnyEvent(@ForAll @StringLength(max = 40) String id, @ForAll long capturedAt,
        @ForAll @Size(max = 300) byte[] image, @ForAll Map<@StringLength(max = 5) String, String> attributes)
        throws IOException {
        ImageEvent event = ImageEvent.newBuilder(Events.image()).setId(printable(id))
            .setCapturedAt(Instant.ofEpochMilli(capturedAt)).setImage(ByteBuffer.wrap(image))
            .setAttributes(Map.of("k", printable(attributes.toString()))).build();

        assertThat(IMAGES.read(written(event))).isEqualTo(event);
    }

    @Property(tries = 500)
    void shouldAgreeWithAvrosOwnDecoder(@ForAll long version, @ForAll double threshold,
        @ForAll @Size(max = 50) List<Double> quantiles) throws IOException {
        OodThreshold event = OodThreshold.newBuilder(Events.threshold()).setVersion(version).setThreshold(threshold)
            .setQuantiles(quantiles).build();
        byte[] record = written(event);
        SpecificDatumReader<OodThreshold> avros = new SpecificDatumReader<>(OodThreshold.SCHEMA$,
            OodThreshold.SCHEMA$, GeneratedClasses.of(OodThreshold.class));

        OodThreshold expected = avros.read(null, DecoderFactory.get().binaryDecoder(record,
            WireFormat.HEADER_BYTES, record.length - WireFormat.HEADER_BYTES, null));

        assertThat(THRESHOLDS.read(record)).isEqualTo(expected).isEqualTo(event);
    }

    @Property(tries = 200)
    void shouldRefuseEveryTruncation(@ForAll @IntRange(max = 1_000) int length) throws IOException {
        byte[] record = written(Events.threshold());
        int body = record.length - WireFormat.HEADER_BYTES;

        assertMalformed(THRESHOLDS, Arrays.copyOf(record, WireFormat.HEADER_BYTES + length % body));
    }

    @Test
    void shouldRefuseTrailingBytes() throws IOException {
        byte[] record = written(Events.image());

        assertThatThrownBy(() -> IMAGES.read(Arrays.copyOf(record, record.length + 2)))
            .hasMessage("the record must end with its last field, but 2 bytes follow");
    }

    @Test
    void shouldRefuseAnIdOfTwoGigabytes() {
        assertMalformed(IMAGES, framed(varint(Integer.MAX_VALUE - 8), new byte[] {'a'}));
        assertMalformed(IMAGES, framed(varint(Long.MAX_VALUE)));
        assertMalformed(IMAGES, framed(varint(-1)));
    }

    @Test
    void shouldRefuseAnImageOfTwoGigabytes() {
        byte[] head = {2, 'a', 2, 'b', 2, 2, 2, 2, 2, 2};
        assertMalformed(IMAGES, framed(head, varint(Integer.MAX_VALUE - 8), new byte[] {1, 2, 3, 0, 0}));
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 20, Integer.MAX_VALUE, Long.MAX_VALUE, -5, Long.MIN_VALUE})
    void shouldRefuseAMapOfMillions(long items) {
        byte[] head = {2, 'a', 2, 'b', 2, 2, 2, 2, 2, 2, 6, 1, 2, 3, 0};
        assertMalformed(IMAGES, framed(head, varint(items), new byte[20]));
    }

    @Test
    void shouldRefuseAnIndexBeyondAnEnumOrUnion() {
        assertMalformed(IMAGES, framed(new byte[] {2, 'a', 2, 'b', 2, 12, 2, 2, 2, 2, 6, 1, 2, 3, 0, 0}));
        assertMalformed(IMAGES, framed(new byte[] {2, 'a', 2, 'b', 2, 1, 2, 2, 2, 2, 6, 1, 2, 3, 0, 0}));
        assertMalformed(IMAGES, framed(new byte[] {2, 'a', 2, 'b', 2, 2, 8, 2, 2, 2, 6, 1, 2, 3, 0, 0}));
    }

    @Test
    void shouldRefuseNumbersThatNeverEnd() {
        byte[] endless = new byte[40];
        Arrays.fill(endless, (byte) 0xff);
        assertMalformed(IMAGES, framed(endless));
    }

    @Test
    @Timeout(5)
    void shouldRefuseBillionsOfEmptyItemsInAFieldThatIsSkipped() {
        RecordReader<ImageEvent> reader = reader(withExtra("{\"type\": \"array\", \"items\": \"null\"}"));
        assertMalformed(reader, framed(varint(Integer.MAX_VALUE - 8), new byte[20]));

        // Many blocks, each within the bytes that are left: 100 kB would ask for 5e9 items.
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        for (int i = 0; i < 50_000; i++) {
            blocks.writeBytes(varint(50_000));
        }
        assertMalformed(reader, framed(blocks.toByteArray()));
    }

    @Test
    void shouldSkipAFieldOfHonestItems() throws IOException {
        RecordReader<ImageEvent> reader = reader(withExtra("{\"type\": \"array\", \"items\": \"int\"}"));
        byte[] image = Arrays.copyOfRange(written(Events.image()), WireFormat.HEADER_BYTES, 21);

        assertThat(reader.read(framed(new byte[] {4, 2, 2, 0}, image))).isEqualTo(Events.image());
        // The same in blocks that give their size in bytes.
        assertThat(reader.read(framed(new byte[] {1, 2, 2, 1, 2, 2, 0}, image))).isEqualTo(Events.image());
    }

    @Test
    void shouldRefuseASchemaThatContainsItself() {
        Schema list = withExtra("{\"type\": \"record\", \"name\": \"Node\", \"fields\": ["
            + "{\"name\": \"next\", \"type\": [\"null\", \"Node\"]}]}");

        assertThatThrownBy(() -> reader(list)).isInstanceOf(UnusableSchemaException.class)
            .hasMessageContaining("may not contain itself, but io.oodmonitor.event.Node does");
    }

    @Test
    void shouldRefuseASchemaThatIsTooDeep() {
        String type = "\"null\"";
        for (int i = 0; i < 300; i++) {
            type = "{\"type\": \"array\", \"items\": " + type + "}";
        }
        Schema deep = withExtra(type);

        assertThatThrownBy(() -> reader(deep)).isInstanceOf(UnusableSchemaException.class);
    }

    @Test
    @Timeout(5)
    void shouldRefuseASchemaThatGrowsWithoutEndWhenWrittenOut() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            String type = i == 0 ? "\"null\"" : "\"R" + (i - 1) + "\"";
            fields.append("""
                {"name": "f%1$d", "type": {"type": "record", "name": "R%1$d", "fields": [
                  {"name": "a", "type": %2$s}, {"name": "b", "type": %2$s}]}},""".formatted(i, type));
        }
        String text = ImageEvent.SCHEMA$.toString().replace("\"fields\":[{\"name\":\"id\"",
            "\"fields\":[" + fields + "{\"name\":\"id\"");
        Schema bomb = new Schema.Parser().parse(text);

        assertThatThrownBy(() -> reader(bomb)).isInstanceOf(UnusableSchemaException.class);
    }

    @Test
    void shouldNeverLoadAClassThatASchemaNames() throws IOException {
        List<String> wanted = new CopyOnWriteArrayList<>();
        ClassLoader watching = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith("evil")) {
                    wanted.add(name);
                }
                return super.loadClass(name, resolve);
            }
        };
        String text = PublishedSchema.of(ImageEvent.class).toString()
            .replace("{\"name\":\"id\",\"type\":\"string\"", "{\"name\":\"extra\",\"type\":{\"type\":\"record\","
                + "\"name\":\"evil.Record\",\"fields\":[{\"name\":\"x\",\"type\":{\"type\":\"fixed\",\"size\":1,"
                + "\"name\":\"evil.Fixed\",\"logicalType\":\"evil\"}}]}},"
                + "{\"name\":\"id\",\"type\":{\"type\":\"string\",\"java-class\":\"evil.Text\"}")
            .replace("{\"type\":\"map\",", "{\"type\":\"map\",\"java-key-class\":\"evil.Key\",")
            .replace("\"type\":\"bytes\"", "\"type\":{\"type\":\"bytes\",\"logicalType\":\"big-decimal\"}");
        assertThat(text).contains("java-class", "java-key-class", "big-decimal");
        byte[] image = Arrays.copyOfRange(written(Events.image()), WireFormat.HEADER_BYTES, 21);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(watching);
        try {
            ImageEvent event = reader(new Schema.Parser().parse(text)).read(framed(new byte[] {9}, image));

            assertThat(event).isEqualTo(Events.image());
            assertThat(wanted).isEmpty();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Reads the record or calls it malformed, and allocates no more than in proportion to its size. */
    private static void assertHarmless(RecordReader<?> reader, byte[] record) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            reader.read(record);
        } catch (MalformedRecordException e) {
            assertThat(e.reason()).isEqualTo(Reason.MALFORMED_EVENT);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
            .isLessThan(ALLOCATION_FLOOR + 200L * record.length);
    }

    private static void assertMalformed(RecordReader<?> reader, byte[] record) {
        assertThatThrownBy(() -> reader.read(record)).isInstanceOfSatisfying(MalformedRecordException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED_EVENT));
        assertThatCode(() -> assertHarmless(reader, record)).doesNotThrowAnyException();
    }

    private static RecordReader<ImageEvent> reader(Schema writer) {
        return new RecordReader<>(writer, ImageEvent.SCHEMA$, GeneratedClasses.of(ImageEvent.class), EventLimits.NONE);
    }

    /** The schema of ImageEvent behind one more field. */
    private static Schema withExtra(String type) {
        return new Schema.Parser().parse(ImageEvent.SCHEMA$.toString().replace("\"fields\":[{\"name\":\"id\"",
            "\"fields\":[{\"name\":\"extra\",\"type\":" + type + "},{\"name\":\"id\""));
    }

    private static byte[] framed(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(WireFormat.header(1));
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (long rest = (value << 1) ^ (value >> 63);; rest >>>= 7) {
            if ((rest & ~0x7fL) == 0) {
                out.write((int) rest);
                return out.toByteArray();
            }
            out.write((int) (rest & 0x7f | 0x80));
        }
    }

    /** Lone surrogates have no UTF-8. */
    private static String printable(String any) {
        return new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecord> byte[] written(T event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(WireFormat.header(1));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new SpecificDatumWriter<>((Class<T>) event.getClass()).write(event, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
