package io.oodmonitor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.image.Framing.Policy;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {
    private static final RgbImage SCENE = Fixtures.expected("png-rgb-8.png");

    @ParameterizedTest
    @CsvSource({"8,8", "20,35", "45,20", "80,64", "50,33", "1,1"})
    void shouldResizeAsPillowDoes(int width, int height) {
        for (Interpolation interpolation : Interpolation.values()) {
            String name = "resized-" + interpolation.name().toLowerCase(Locale.ROOT) + "-" + width + "x" + height;
            RgbImage actual = draw(Framing.stretch(height, width, interpolation), SCENE);

            PixelDifference difference = PixelDifference.between(actual, Fixtures.expected(name));

            assertThat(difference.differing()).as("%s: %s", name, difference).isZero();
        }
    }

    @Test
    void shouldCopyWhenNothingIsToDo() {
        RgbImage square = new RgbImage(3, 3, new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27});
        for (Interpolation interpolation : Interpolation.values()) {
            assertThat(draw(Framing.stretch(3, 3, interpolation), square).pixels()).isEqualTo(square.pixels());
            assertThat(draw(Framing.resizeThenCrop(3, 3, 3, interpolation), square).pixels())
                    .isEqualTo(square.pixels());
            assertThat(draw(Framing.cropThenResize(1, 3, 3, interpolation), square).pixels())
                    .isEqualTo(square.pixels());
        }
    }

    @Test
    void shouldCropTheSameWindowFromTheResizedImageAsFromTheWhole() {
        Framing framing = Framing.resizeThenCrop(24, 20, 18, Interpolation.BICUBIC);
        // 35 x 45 becomes 24 x 30; the window starts at row 2 and column 6.
        RgbImage whole = draw(Framing.stretch(24, 30, Interpolation.BICUBIC), SCENE);

        assertThat(draw(framing, SCENE).pixels()).isEqualTo(crop(whole, 2, 6, 20, 18).pixels());
    }

    @Test
    void shouldRoundHalfPixelsOfACropToEven() {
        // 4 x 7 pixels: the crop of 4 columns starts at 1.5, that is 2; of 4 x 5 at 0.5, that is 0.
        Framing framing = Framing.resizeThenCrop(4, 4, 4, Interpolation.BILINEAR);
        RgbImage seven = numbered(4, 7);
        RgbImage five = numbered(4, 5);

        assertThat(draw(framing, seven).pixels()).isEqualTo(crop(seven, 0, 2, 4, 4).pixels());
        assertThat(draw(framing, five).pixels()).isEqualTo(crop(five, 0, 0, 4, 4).pixels());
    }

    @Test
    void shouldIgnoreWhatIsOutsideOfTheCroppedSquare() {
        // 0.875 of 35 is 30 (rounded down), from row 2 and column 7 on.
        Framing framing = Framing.cropThenResize(0.875, 16, 16, Interpolation.BILINEAR);
        RgbImage square = crop(SCENE, 2, 7, 30, 30);

        assertThat(draw(framing, SCENE).pixels())
                .isEqualTo(draw(Framing.stretch(16, 16, Interpolation.BILINEAR), square).pixels());
    }

    @Test
    void shouldWriteBehindThePositionOfAnyBuffer() {
        Framing framing = Framing.stretch(2, 3, Interpolation.BILINEAR);
        ByteBuffer direct = ByteBuffer.allocateDirect(40).position(5);

        framing.draw(SCENE, direct);

        assertThat(direct.position()).isEqualTo(5 + framing.bytes());
        byte[] written = new byte[framing.bytes()];
        direct.get(5, written);
        assertThat(written).isEqualTo(draw(framing, SCENE).pixels());
        assertThatThrownBy(() -> framing.draw(SCENE, ByteBuffer.allocate(17)))
                .isInstanceOf(BufferOverflowException.class);
    }

    @Test
    void shouldRememberTheResizeAsTheShareThatIsKept() {
        Framing framing = Framing.resizeThenCrop(256, 224, 224, Interpolation.BILINEAR);

        assertThat(framing).isEqualTo(
                new Framing(224, 224, Policy.RESIZE_THEN_CROP, 0.875, Interpolation.BILINEAR));
    }

    @Test
    void shouldRefuseImpossibleFramings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.stretch(0, 5, Interpolation.BILINEAR))
                .withMessage("framing height must be from 1 to 16384, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.cropThenResize(1.5, 5, 5, Interpolation.BILINEAR))
                .withMessage("framing share must be above 0 and at most 1, but is 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.cropThenResize(Double.NaN, 5, 5, Interpolation.BILINEAR));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Framing(5, 5, Policy.STRETCH, 0.5, Interpolation.BILINEAR));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.resizeThenCrop(31, 32, 32, Interpolation.BILINEAR));
    }

    @Property(tries = 300, seed = "1")
    void shouldFrameAnyImageAnyWay(@ForAll @IntRange(min = 1, max = 70) int height,
            @ForAll @IntRange(min = 1, max = 70) int width, @ForAll @IntRange(min = 1, max = 40) int newHeight,
            @ForAll @IntRange(min = 1, max = 40) int newWidth, @ForAll @DoubleRange(min = 0.01, max = 1) double share,
            @ForAll Policy policy, @ForAll Interpolation interpolation) {
        byte[] pixels = new byte[height * width * 3];
        Arrays.fill(pixels, (byte) 200);
        Framing framing = new Framing(newHeight, newWidth, policy, policy == Policy.STRETCH ? 1 : share, interpolation);

        // One colour stays one colour, whatever the weights.
        assertThat(draw(framing, new RgbImage(height, width, pixels)).pixels()).containsOnly((byte) 200);
    }

    private static RgbImage draw(Framing framing, RgbImage image) {
        ByteBuffer target = ByteBuffer.allocate(framing.bytes());
        framing.draw(image, target);
        assertThat(target.hasRemaining()).isFalse();
        return new RgbImage(framing.height(), framing.width(), target.array());
    }

    private static RgbImage numbered(int height, int width) {
        byte[] pixels = new byte[height * width * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        return new RgbImage(height, width, pixels);
    }

    private static RgbImage crop(RgbImage image, int top, int left, int height, int width) {
        byte[] pixels = new byte[height * width * 3];
        for (int y = 0; y < height; y++) {
            System.arraycopy(image.pixels(), ((top + y) * image.width() + left) * 3, pixels, y * width * 3, width * 3);
        }
        return new RgbImage(height, width, pixels);
    }
}
