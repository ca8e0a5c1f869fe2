package io.oodmonitor.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.image.ImageDecoder;
import io.oodmonitor.image.ImageLimits;
import io.oodmonitor.image.RgbImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ThumbnailsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Random random = new Random(5);
    private Thumbnails thumbnails = new Thumbnails();

    @AfterEach
    void close() {
        thumbnails.close();
    }

    private static OodScore verdict(String id) {
        return FlaggedImagesTest.verdict(id, "camera", FlaggedImagesTest.NOW);
    }

    private ImageEvent raw(int height, int width) {
        byte[] pixels = new byte[height * width * 3];
        random.nextBytes(pixels);
        return event(ImageEncoding.RGB8, ByteBuffer.wrap(pixels), height, width);
    }

    private static ImageEvent event(ImageEncoding encoding, ByteBuffer image, Integer height, Integer width) {
        return ImageEvent.newBuilder().setId("id").setSource("camera").setCapturedAt(Instant.EPOCH)
                .setEncoding(encoding).setHeight(height).setWidth(width).setImage(image).build();
    }

    private byte[] file(String id) throws Exception {
        return thumbnails.of(verdict(id)).orElseThrow().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"64, 64, 64, 64", "160, 90, 160, 90", "320, 640, 80, 160", "1000, 3, 160, 1", "161, 161, 160, 160"})
    void shouldMakeAPngOfAtMostThatSideInProportion(int height, int width, int newHeight, int newWidth)
            throws Exception {
        thumbnails.switchOn();
        ImageEvent image = raw(height, width);
        thumbnails.flagged(verdict("a"), image);

        byte[] file = file("a");

        var asJavaSees = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(asJavaSees.getHeight()).isEqualTo(newHeight);
        assertThat(asJavaSees.getWidth()).isEqualTo(newWidth);
        RgbImage shrunk = ImageDecoder.shrinking(ImageLimits.DEFAULT, Thumbnails.SIDE)
                .raw(image.getImage(), height, width);
        assertThat(asJavaSees.getRGB(newWidth - 1, newHeight / 2) & 0xFF)
                .isEqualTo(shrunk.pixels()[(newHeight / 2 * newWidth + newWidth - 1) * 3 + 2] & 0xFF);
        assertThat(new ImageDecoder(ImageLimits.DEFAULT).decode(ByteBuffer.wrap(file)).pixels())
                .isEqualTo(shrunk.pixels());
    }

    @Test
    void shouldMakeNothingUntilItIsSwitchedOn() {
        thumbnails.flagged(verdict("a"), raw(8, 8));

        assertThat(thumbnails.has(verdict("a"))).isFalse();
        assertThat(thumbnails.of(verdict("a"))).isEmpty();
    }

    @Test
    void shouldTellImagesOfTheSameIdApart() throws Exception {
        thumbnails.switchOn();
        thumbnails.flagged(verdict("a"), raw(8, 8));

        assertThat(file("a")).isNotEmpty();
        assertThat(thumbnails.has(FlaggedImagesTest.verdict("a", "camera", FlaggedImagesTest.NOW + 1))).isFalse();
        assertThat(thumbnails.has(FlaggedImagesTest.verdict("a", "other", FlaggedImagesTest.NOW))).isFalse();
    }

    @Test
    void shouldForgetTheOldestWhereBytesLack() throws Exception {
        // Noise hardly shrinks: some 20 KB each.
        thumbnails = new Thumbnails(100_000);
        thumbnails.switchOn();
        for (int i = 0; i < 12; i++) {
            thumbnails.flagged(verdict("image-" + i), raw(80, 80));
            file("image-" + i);
        }

        assertThat(thumbnails.has(verdict("image-0"))).isFalse();
        assertThat(thumbnails.has(verdict("image-11"))).isTrue();
        assertThat(thumbnails.has(verdict("image-8"))).isTrue();
    }

    @Test
    void shouldGoOnAfterAnImageThatCannotBeRead() throws Exception {
        thumbnails.switchOn();
        thumbnails.flagged(verdict("broken"),
                event(ImageEncoding.ENCODED, ByteBuffer.wrap(new byte[] {1, 2, 3}), null, null));
        thumbnails.flagged(verdict("whole"), raw(8, 8));

        assertThat(file("whole")).isNotEmpty();
        assertThat(thumbnails.has(verdict("broken"))).isFalse();
    }

    /** Each takes some milliseconds to be made, and no time to be handed over. */
    @Test
    void shouldLeaveOutWhatComesTooFastAndHoldNoMoreThanItMay() {
        thumbnails.switchOn();
        ImageEvent large = raw(1_000, 1_000);
        for (int i = 0; i < 200; i++) {
            thumbnails.flagged(verdict("image-" + i), large);
        }

        long taken = IntStream.range(0, 200).filter(i -> thumbnails.has(verdict("image-" + i))).count();
        // 3 MB each, of 16 MiB; one or two more were begun meanwhile.
        assertThat(taken).isBetween(3L, 60L);
        await().atMost(PATIENCE).until(() -> thumbnails.of(verdict("image-0")).orElseThrow().isDone());
    }

    @Test
    void shouldLetNobodyWaitForWhatWillNotBeMade() {
        thumbnails.switchOn();
        ImageEvent large = raw(2_000, 2_000);
        thumbnails.flagged(verdict("first"), large);
        thumbnails.flagged(verdict("second"), event(ImageEncoding.ENCODED, ByteBuffer.allocate(9), null, null));
        var second = thumbnails.of(verdict("second")).orElseThrow();
        thumbnails.close();

        assertThatThrownBy(() -> second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOfAny(CancellationException.class, CompletionException.class);
    }
}
