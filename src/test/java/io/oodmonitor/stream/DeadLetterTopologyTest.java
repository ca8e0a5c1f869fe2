package io.oodmonitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.scoring.Batch;
import io.oodmonitor.scoring.ForwardingNetwork;
import io.oodmonitor.scoring.Network;
import io.oodmonitor.scoring.NetworkException;
import io.oodmonitor.scoring.PixelNetwork;
import io.oodmonitor.stream.prefetch.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class DeadLetterTopologyTest {

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Sends one bad value between two good ones and expects one dead letter, untouched, and two verdicts. */
    private static void expect(Reason reason, TopologyFixture stream, byte[] value) {
        stream.image("before", "camera", 100, Duration.ZERO);
        RecordHeaders headers = new RecordHeaders();
        headers.add("mine", new byte[] {7});
        stream.rawImages.pipeInput(new TestRecord<>(new byte[] {1, 2}, value, headers, 5_000L));
        stream.image("after", "camera", 100, Duration.ZERO);

        TestRecord<byte[], byte[]> letter = stream.deadLetters.readRecord();
        assertThat(stream.deadLetters.isEmpty()).isTrue();
        assertThat(stream.listener.rejected).containsExactly(reason);
        assertThat(letter.key()).containsExactly(1, 2);
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.timestamp()).isEqualTo(5_000L);
        assertThat(letter.headers().lastHeader("mine").value()).containsExactly(7);
        assertThat(header(letter.headers(), "__streams.errors.exception")).isEqualTo(reason.name());
        assertThat(header(letter.headers(), "__streams.errors.message")).isNotBlank().doesNotContain("\n");
        assertThat(header(letter.headers(), "__streams.errors.topic")).isEqualTo("images");
        assertThat(header(letter.headers(), "__streams.errors.partition")).isEqualTo("0");
        assertThat(header(letter.headers(), "__streams.errors.offset")).isEqualTo("1");
        assertThat(stream.scores.readValuesToList()).extracting(score -> score.getId())
                .containsExactly("before", "after");
    }

    private static void expect(Reason reason, UnaryOperator<ImageEvent.Builder> change) throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            expect(reason, stream, stream.bytes(change.apply(stream.event("bad", "camera", 100)).build()));
        }
    }

    private static UnaryOperator<ImageEvent.Builder> encoded(byte[] file) {
        return event -> event.setEncoding(ImageEncoding.ENCODED).setImage(ByteBuffer.wrap(file));
    }

    private static byte[] file(String format) throws Exception {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 48; i++) {
            image.setRGB(i % 64, i / 64, i * 2_654_435);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    @Test
    void shouldRejectANullValue() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            expect(Reason.NULL_VALUE, stream, null);
        }
    }

    @Test
    void shouldRejectBytesThatAreNoAvro() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            expect(Reason.NOT_AVRO, stream, "hello".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldRejectAnUnknownSchemaId() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            byte[] value = stream.bytes(stream.event("bad", "camera", 1).build());
            ByteBuffer.wrap(value).putInt(1, 987_654);
            expect(Reason.UNKNOWN_SCHEMA, stream, value);
        }
    }

    @Test
    void shouldRejectAnEventOfAnotherSchema() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            stream.image("i", "camera", 100, Duration.ZERO);
            byte[] score = stream.scoreBytes(stream.scores.readValue());
            stream.deadLetters.readRecordsToList();
            stream.rawImages.pipeInput(null, score);
            assertThat(header(stream.deadLetters.readRecord().headers(), "__streams.errors.exception"))
                    .isEqualTo(Reason.SCHEMA_MISMATCH.name());
        }
    }

    @Test
    void shouldRejectATruncatedEvent() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            byte[] value = stream.bytes(stream.event("bad", "camera", 1).build());
            expect(Reason.MALFORMED_EVENT, stream, Arrays.copyOf(value, value.length - 8));
        }
    }

    @Test
    void shouldRejectAnEmptyImage() throws Exception {
        expect(Reason.EMPTY_IMAGE, encoded(new byte[0]));
    }

    @Test
    void shouldRejectAnUnknownFormat() throws Exception {
        expect(Reason.UNSUPPORTED_FORMAT, encoded("GIF89a, or something like it".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldRejectATruncatedJpeg() throws Exception {
        byte[] file = file("jpg");
        expect(Reason.CORRUPT_IMAGE, encoded(Arrays.copyOf(file, file.length / 2)));
    }

    @Test
    void shouldRejectATruncatedPng() throws Exception {
        byte[] file = file("png");
        expect(Reason.CORRUPT_IMAGE, encoded(Arrays.copyOf(file, file.length / 2)));
    }

    @Test
    void shouldRejectACorruptPng() throws Exception {
        byte[] file = file("png");
        Arrays.fill(file, file.length / 2, file.length / 2 + 40, (byte) 0x55);
        expect(Reason.CORRUPT_IMAGE, encoded(file));
    }

    @Test
    void shouldRejectAHeaderThatClaimsTooManyPixels() throws Exception {
        byte[] file = file("png");
        ByteBuffer.wrap(file).putInt(16, 60_000).putInt(20, 60_000);
        expect(Reason.IMAGE_TOO_LARGE, encoded(file));
    }

    @Test
    void shouldRejectRawPixelsOfTheWrongLength() throws Exception {
        expect(Reason.WRONG_LENGTH, event -> event.setHeight(3));
    }

    @Test
    void shouldRejectRawPixelsWithoutTheirSize() throws Exception {
        expect(Reason.WRONG_LENGTH, event -> event.setHeight(null));
    }

    @Test
    void shouldRejectAScoreThatIsNotFinite() throws Exception {
        Network overflowing = new ForwardingNetwork(PixelNetwork.sound()) {
            @Override
            public void run(Batch batch, int from, int to) throws NetworkException {
                super.run(batch, from, to);
                for (int i = 0; i < to - from; i++) {
                    if (batch.scores(from, to).get(i) == 66) {
                        batch.scores(from, to).put(i, Float.NaN);
                    }
                }
            }
        };
        try (TopologyFixture stream = TopologyFixture.with(overflowing)) {
            expect(Reason.SCORE_NOT_FINITE, stream, stream.bytes(stream.event("bad", "camera", 66).build()));
        }
    }

    @Test
    void shouldRejectAnImageThatTheNetworkFailsOn() throws Exception {
        try (TopologyFixture stream = TopologyFixture.with(PixelNetwork.failingOn(pixel -> pixel == 66))) {
            expect(Reason.SCORING_FAILED, stream, stream.bytes(stream.event("bad", "camera", 66).build()));
        }
    }

    @Test
    void shouldRejectCalibrationImagesWithoutALabelOfTheModel() throws Exception {
        try (TopologyFixture stream = TopologyFixture.calibrated()) {
            stream.calibrationImage(50, "zebra");
            TestRecord<byte[], byte[]> unknown = stream.deadLetters.readRecord();
            assertThat(header(unknown.headers(), "__streams.errors.exception")).isEqualTo("UNKNOWN_LABEL");
            assertThat(header(unknown.headers(), "__streams.errors.message")).contains("zebra");
            assertThat(header(unknown.headers(), "__streams.errors.topic")).isEqualTo("calibration-images");
            stream.calibrationImage(50, null);
            assertThat(header(stream.deadLetters.readRecord().headers(), "__streams.errors.exception"))
                    .isEqualTo("MISSING_LABEL");
            stream.rawCalibration.pipeInput(null, new byte[] {1});
            assertThat(header(stream.deadLetters.readRecord().headers(), "__streams.errors.exception"))
                    .isEqualTo("NOT_AVRO");
        }
    }
}
