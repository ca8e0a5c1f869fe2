package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.event.OodScore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Events that say so much beside their image that no verdict could carry it: each is one dead letter. */
class EventLimitsTopologyTest {

    private static final byte[] KEY = {7};

    private static TestRecord<byte[], byte[]> letter(TopologyFixture stream, byte[] key, byte[] value,
                                                     RecordHeaders headers) {
        stream.image("before", "camera", 100, Duration.ZERO);
        stream.rawImages.pipeInput(new TestRecord<>(key, value, headers, 5_000L));
        stream.image("after", "camera", 100, Duration.ZERO);
        assertThat(stream.scores.readValuesToList()).extracting(OodScore::getId).containsExactly("before", "after");
        TestRecord<byte[], byte[]> letter = stream.deadLetters.readRecord();
        assertThat(stream.deadLetters.isEmpty()).isTrue();
        assertThat(header(letter, "__streams.errors.exception")).isEqualTo("EVENT_TOO_LARGE");
        assertThat(header(letter, "__streams.errors.offset")).isEqualTo("1");
        return letter;
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldRejectALongKeyAndLongHeadersAndKeepThem() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            byte[] value = stream.bytes(stream.event("bad", "camera", 1).build());
            byte[] key = new byte[(64 << 10) + 1];
            TestRecord<byte[], byte[]> letter = letter(stream, key, value, new RecordHeaders());
            assertThat(letter.key()).isEqualTo(key);
            assertThat(letter.value()).isEqualTo(value);
            assertThat(header(letter, "__streams.errors.message"))
                    .isEqualTo("the record's key and headers must have at most 65536 bytes, but have 65537");
        }
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("mine", new byte[64 << 10]);
            byte[] value = stream.bytes(stream.event("bad", "camera", 1).build());
            assertThat(letter(stream, KEY, value, headers).headers().lastHeader("mine").value()).hasSize(64 << 10);
        }
    }

    @Test
    void shouldRejectHeadersWithoutNamesAndValuesWhereThereAreMany() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            RecordHeaders headers = new RecordHeaders();
            for (int i = 0; i < 7_000; i++) {
                headers.add("", null);
            }
            byte[] value = stream.bytes(stream.event("bad", "camera", 1).build());
            assertThat(letter(stream, KEY, value, headers).headers()).hasSizeGreaterThan(7_000);
        }
    }

    @Test
    void shouldRejectLongTextsAndManyAttributes() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated(Map.of("event.max.metadata.bytes", "1000",
                "event.max.attributes", "2"))) {
            byte[] value = stream.bytes(stream.event("b".repeat(1_000), "camera", 1).build());
            assertThat(letter(stream, KEY, value, new RecordHeaders()).value()).isEqualTo(value);
        }
        try (TopologyFixture stream = TopologyFixture.calibrated(Map.of("event.max.attributes", "2"))) {
            byte[] value = stream.bytes(stream.event("bad", "camera", 1)
                    .setAttributes(Map.of("a", "1", "b", "2", "c", "3")).build());
            assertThat(letter(stream, KEY, value, new RecordHeaders()).value()).isEqualTo(value);
        }
    }

    @Test
    void shouldRejectASourceThatTheRatesWouldNotRemember() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            byte[] value = stream.bytes(stream.event("bad", "c".repeat(1_025), 1).build());
            TestRecord<byte[], byte[]> letter = letter(stream, KEY, value, new RecordHeaders());
            assertThat(header(letter, "__streams.errors.message"))
                    .isEqualTo("the event's source must have at most 1024 bytes, but has 1025");
        }
    }

    @Test
    void shouldKeepOnlyThePlaceOfARecordThatItCouldNotWriteAgain() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated(Map.of("image.max.bytes", "1000",
                "event.max.bytes", "2000"))) {
            byte[] value = stream.bytes(stream.event("bad", "camera", 1)
                    .setImage(ByteBuffer.wrap(new byte[2_000])).build());
            RecordHeaders headers = new RecordHeaders();
            headers.add("mine", new byte[100]);
            TestRecord<byte[], byte[]> letter = letter(stream, KEY, value, headers);
            assertThat(letter.key()).isNull();
            assertThat(letter.value()).isNull();
            assertThat(letter.headers().lastHeader("mine")).isNull();
            assertThat(header(letter, "__streams.errors.message"))
                    .isEqualTo("the record must have at most 2000 bytes, but has " + (value.length + 115)
                            + ": it is left where it is");
        }
    }
}
