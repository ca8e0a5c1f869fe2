package io.oodmonitor.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.image.Framing.Policy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A decoder that frames gives what framing its image gives. */
class FramedDecodingTest {
    private static final List<Framing> FRAMINGS = Stream.of(Policy.values()).flatMap(policy ->
            Stream.of(Interpolation.values()).map(interpolation ->
                    new Framing(12, 17, policy, policy == Policy.STRETCH ? 1 : 0.7, interpolation))).toList();

    static List<String> files() {
        return Stream.of("jpeg-", "png-", "bmp-", "webp-").flatMap(kind -> Fixtures.names(kind).stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldFrameWhatItDecodes(String name) throws Exception {
        RgbImage image = Fixtures.decode(name);
        for (Framing framing : FRAMINGS) {
            assertThat(framed(framing, name)).as("%s, %s", name, framing).isEqualTo(drawn(framing, image));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldShrinkWhatItDecodesInProportion(String name) throws Exception {
        RgbImage image = Fixtures.decode(name);
        int longer = Math.max(image.height(), image.width());
        for (int side : new int[] {1, 7, longer, longer + 1}) {
            RgbImage shrunk = ImageDecoder.shrinking(ImageLimits.DEFAULT, side)
                    .decode(ByteBuffer.wrap(Fixtures.bytes(name)));

            double factor = Math.min(1, (double) side / longer);
            int height = (int) Math.max(1, Math.round(image.height() * factor));
            int width = (int) Math.max(1, Math.round(image.width() * factor));
            assertThat(shrunk.height()).as("%s, %s", name, side).isEqualTo(height);
            assertThat(shrunk.pixels()).as("%s, %s", name, side)
                    .isEqualTo(drawn(Framing.stretch(height, width, Interpolation.BILINEAR), image));
        }
    }

    @Test
    void shouldFrameRawPixels() throws Exception {
        byte[] pixels = new byte[30 * 20 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 7);
        }
        ByteBuffer buffer = ByteBuffer.allocate(pixels.length + 9).position(9).put(9, pixels);
        for (Framing framing : FRAMINGS) {
            RgbImage actual = new ImageDecoder(ImageLimits.DEFAULT, framing).raw(buffer, 20, 30);

            assertThat(actual.pixels()).isEqualTo(drawn(framing, new RgbImage(20, 30, pixels)));
        }
    }

    @Test
    void shouldNotMixImagesOfDifferentThreads() throws Exception {
        Framing framing = Framing.resizeThenCrop(24, 20, 20, Interpolation.BILINEAR);
        List<String> names = Fixtures.names("jpeg-");
        List<byte[]> expected = names.stream().map(name -> uncheckedFramed(framing, name)).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<byte[]>>> work = IntStream.range(0, 16).mapToObj(i -> (Callable<List<byte[]>>) () ->
                    names.stream().map(name -> uncheckedFramed(framing, name)).collect(Collectors.toList())).toList();
            for (Future<List<byte[]>> done : threads.invokeAll(work)) {
                for (int i = 0; i < names.size(); i++) {
                    assertThat(done.get().get(i)).as(names.get(i)).isEqualTo(expected.get(i));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] uncheckedFramed(Framing framing, String name) {
        try {
            return framed(framing, name);
        } catch (ImageRejectedException e) {
            throw new AssertionError(name, e);
        }
    }

    private static byte[] framed(Framing framing, String name) throws ImageRejectedException {
        return new ImageDecoder(ImageLimits.DEFAULT, framing).decode(ByteBuffer.wrap(Fixtures.bytes(name))).pixels();
    }

    private static byte[] drawn(Framing framing, RgbImage image) {
        ByteBuffer target = ByteBuffer.allocate(framing.bytes());
        framing.draw(image, target);
        return target.array();
    }
}
