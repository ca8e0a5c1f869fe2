package io.oodmonitor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.oodmonitor.image.ImageRejectedException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(strings = {"jpeg-420.jpg", "png-rgb-8.png", "bmp-24.bmp", "webp-lossless.webp"})
    void shouldReadAnyBufferWithoutMovingIt(String name) throws Exception {
        byte[] file = Fixtures.bytes(name);
        byte[] pixels = Fixtures.decode(name).pixels();
        byte[] padded = new byte[file.length + 30];
        System.arraycopy(file, 0, padded, 13, file.length);
        ByteBuffer heap = ByteBuffer.wrap(padded, 3, file.length + 20).slice().position(10).limit(10 + file.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(padded.length).put(padded).position(13).limit(13 + file.length);

        for (ByteBuffer buffer : new ByteBuffer[] {heap, heap.asReadOnlyBuffer(), direct}) {
            int position = buffer.position();
            assertThat(DECODER.decode(buffer).pixels()).isEqualTo(pixels);
            assertThat(buffer.position()).isEqualTo(position);
            assertThat(buffer.remaining()).isEqualTo(file.length);
        }
    }

    @Test
    void shouldRefuseNoBytes() {
        assertThat(reason(new byte[0])).isEqualTo(Reason.EMPTY_IMAGE);
        assertThat(rawReason(new byte[0], 1, 1)).isEqualTo(Reason.EMPTY_IMAGE);
    }

    @Test
    void shouldRefuseWhatIsNoImage() {
        assertThat(reason("GIF89a and so on".getBytes())).isEqualTo(Reason.UNSUPPORTED_FORMAT);
        assertThat(reason(new byte[] {(byte) 0xFF, (byte) 0xD8})).isEqualTo(Reason.UNSUPPORTED_FORMAT);
        assertThat(reason(Fixtures.bytes("arithmetic.jpg.unsupported"))).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg-420.jpg", "jpeg-420-progressive.jpg", "jpeg-restart.jpg", "jpeg-grey.jpg",
        "png-rgb-8.png", "png-grey-1-interlaced.png", "bmp-32.bmp", "webp-lossless.webp", "webp-lossy-80.webp"})
    void shouldRefuseEveryTruncation(String name) {
        byte[] file = Fixtures.bytes(name);
        for (int length = 12; length < file.length; length++) {
            assertThat(reason(Arrays.copyOf(file, length))).as("%s cut to %d of %d", name, length, file.length)
                    .isEqualTo(Reason.CORRUPT_IMAGE);
        }
    }

    @Test
    void shouldRefuseJpegDataThatEndWithinAnImageThatHasAnEndMarker() {
        byte[] file = Fixtures.bytes("jpeg-444.jpg");
        byte[] cut = Arrays.copyOf(file, file.length * 2 / 3);
        cut[cut.length - 2] = (byte) 0xFF;
        cut[cut.length - 1] = (byte) 0xD9;

        assertThat(reason(cut)).isEqualTo(Reason.CORRUPT_IMAGE);
    }

    @Test
    void shouldRefuseAPngWithAFlippedBit() {
        byte[] file = Fixtures.bytes("png-rgb-8.png");
        file[file.length / 2] ^= 1;

        assertThat(reason(file)).isEqualTo(Reason.CORRUPT_IMAGE);
    }

    @Test
    void shouldRefuseAHugeJpegByItsHeader() {
        byte[] file = Fixtures.bytes("jpeg-444.jpg");
        int frame = indexOf(file, (byte) 0xFF, (byte) 0xC0);
        ByteBuffer.wrap(file).putShort(frame + 5, (short) 60_000).putShort(frame + 7, (short) 60_000);

        assertThat(reason(file)).isEqualTo(Reason.IMAGE_TOO_LARGE);
    }

    @Test
    void shouldRefuseAHugePngByItsHeader() {
        byte[] file = Fixtures.bytes("png-rgb-8.png");
        assertThat(reason(pngOfSize(file, 60_000, 60_000))).isEqualTo(Reason.IMAGE_TOO_LARGE);
        assertThat(reason(pngOfSize(file, 1, 16_385))).isEqualTo(Reason.IMAGE_TOO_LARGE);
        assertThat(reason(pngOfSize(file, 10_000, 4_001))).isEqualTo(Reason.IMAGE_TOO_LARGE);
        assertThat(reason(pngOfSize(file, 10_000, 4_000))).as("a size that is allowed, but not in so few bytes")
                .isEqualTo(Reason.CORRUPT_IMAGE);
    }

    @Test
    void shouldRefuseAHugeBmpByItsHeader() {
        byte[] file = Fixtures.bytes("bmp-24.bmp");
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 60_000).putInt(22, -60_000);

        assertThat(reason(file)).isEqualTo(Reason.IMAGE_TOO_LARGE);
    }

    @Test
    void shouldRefuseAHugeWebpByItsHeader() {
        // A bit stream can hold up to 16,383 pixels a side, which is too many pixels together; a canvas 2^24.
        byte[] lossy = Fixtures.bytes("webp-lossy-80.webp");
        ByteBuffer.wrap(lossy).order(ByteOrder.LITTLE_ENDIAN).putShort(26, (short) 16_383).putShort(28, (short) 16_383);
        byte[] lossless = Fixtures.bytes("webp-lossless.webp");
        ByteBuffer.wrap(lossless).order(ByteOrder.LITTLE_ENDIAN).putInt(21, 16_382 | 16_382 << 14);
        byte[] extended = Fixtures.bytes("webp-lossy-orientation-8.webp");
        ByteBuffer.wrap(extended).order(ByteOrder.LITTLE_ENDIAN).putShort(24, (short) 59_999)
                .putShort(27, (short) 59_999);

        assertThat(reason(lossy)).isEqualTo(Reason.IMAGE_TOO_LARGE);
        assertThat(reason(lossless)).isEqualTo(Reason.IMAGE_TOO_LARGE);
        assertThat(reason(extended)).isEqualTo(Reason.IMAGE_TOO_LARGE);
    }

    @Test
    void shouldRefuseTooManyBytes() {
        ImageDecoder strict = new ImageDecoder(new ImageLimits(100, 10_000, 500));

        assertThat(reason(strict, Fixtures.bytes("bmp-24.bmp"))).isEqualTo(Reason.IMAGE_TOO_LARGE);
    }

    @Test
    void shouldTakeRawPixels() throws Exception {
        byte[] pixels = {1, 2, 3, 4, 5, 6};
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {0, 1, 2, 3, 4, 5, 6, 7}).position(1).limit(7);

        RgbImage image = DECODER.raw(buffer, 2, 1);

        assertThat(image.height()).isEqualTo(2);
        assertThat(image.width()).isEqualTo(1);
        assertThat(image.pixels()).isEqualTo(pixels);
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void shouldRefuseRawPixelsOfTheWrongLength() {
        assertThat(rawReason(new byte[11], 2, 2)).isEqualTo(Reason.WRONG_LENGTH);
        assertThat(rawReason(new byte[13], 2, 2)).isEqualTo(Reason.WRONG_LENGTH);
        assertThat(rawReason(new byte[12], -2, -2)).isEqualTo(Reason.WRONG_LENGTH);
        assertThat(rawReason(new byte[12], 60_000, 60_000)).isEqualTo(Reason.IMAGE_TOO_LARGE);
        assertThat(catchThrowableOfType(ImageRejectedException.class,
                () -> DECODER.raw(ByteBuffer.allocate(11), 2, 2)))
                .hasMessage("raw pixels of height 2 and width 2 must have 12 bytes, but have 11");
    }

    @Test
    void shouldRefuseImpossibleLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageLimits(0, 1, 1))
                .withMessage("maxSide must be from 1 to 2147483647, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageLimits(1, Long.MAX_VALUE, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RgbImage(2, 2, new byte[3]))
                .withMessage("an image of 2 x 2 must have 12 bytes, but has 3");
    }

    private static byte[] pngOfSize(byte[] file, int width, int height) {
        byte[] changed = file.clone();
        ByteBuffer buffer = ByteBuffer.wrap(changed).putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(changed, 12, 17);
        buffer.putInt(29, (int) crc.getValue());
        return changed;
    }

    /** Each level took two calls: half a megabyte of them, and the stack was gone. */
    @Test
    void shouldRefuseFramesInsideFrames() {
        int levels = 20_000;
        ByteBuffer file = ByteBuffer.allocate(12 + 24 * levels).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes()).putInt(4 + 24 * levels).put("WEBP".getBytes());
        for (int level = 1; level <= levels; level++) {
            file.put("ANMF".getBytes()).putInt(16 + 24 * (levels - level)).put(new byte[16]);
        }
        assertThat(reason(file.array())).isEqualTo(Reason.CORRUPT_IMAGE);
    }

    /** Symbol 255 of 40, then 414 lengths for 280 symbols: the array's bounds were all that refused them. */
    @ParameterizedTest
    @ValueSource(strings = {"8888e83f", "0008e0ffff03"})
    void shouldRefusePrefixCodesOfSymbolsThatDoNotExist(String bits) {
        ByteBuffer file = lossless(1, HexFormat.of().parseHex(bits));
        assertThatThrownBy(() -> DECODER.decodeUnguarded(file)).isInstanceOf(ImageRejectedException.class)
                .hasMessageContaining("prefix code with symbol");
    }

    /** Five codes for each square of four by four pixels, 300 KB in the file, were 100 MB in memory. */
    @Test
    void shouldRefuseMorePrefixCodesThanAnyEncoderWrites() {
        int groups = 1 << 16;
        int side = 1_024;
        BitSet bits = new BitSet();
        // No transform, no cache, groups by squares of four pixels. Their numbers: no cache, then red and green as they
        // are, which takes codes of 8 bits for the first 256 symbols, of 280 and of 256 that there are.
        String eightBits = "0" + "0001" + "000".repeat(11) + "100";
        String oneSymbol = "1000";
        int at = append(bits, 0, "00" + "1" + "000" + "0" + eightBits + "1" + "110" + "01111111" + eightBits + "0"
                + oneSymbol.repeat(3));
        for (int group = 0; group < groups; group++) {
            for (int bit = 15; bit >= 0; bit--) {
                bits.set(at++, (group >> bit & 1) != 0);
            }
        }
        for (int code = 0; code < 5 * groups; code++) {
            at = append(bits, at, oneSymbol);
        }
        ByteBuffer file = lossless(side, Arrays.copyOf(bits.toByteArray(), at / 8 + 1));

        assertThat(file.capacity()).isLessThan(300_000);
        assertThatThrownBy(() -> DECODER.decodeUnguarded(file)).isInstanceOf(ImageRejectedException.class)
                .hasMessage("the WebP file has prefix codes of more than 33554432 bytes");
    }

    /** Bits in the order in which they are read; where the next ones go. */
    private static int append(BitSet bits, int at, String more) {
        for (int i = 0; i < more.length(); i++) {
            bits.set(at + i, more.charAt(i) == '1');
        }
        return at + more.length();
    }

    private static ByteBuffer lossless(int side, byte[] bits) {
        int length = 5 + bits.length;
        ByteBuffer file = ByteBuffer.allocate(20 + length + (length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes()).putInt(file.capacity() - 8).put("WEBPVP8L".getBytes()).putInt(length);
        file.put((byte) 0x2F).putInt(side - 1 | side - 1 << 14).put(bits);
        return file.rewind();
    }

    private static int indexOf(byte[] bytes, byte first, byte second) {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == first && bytes[i + 1] == second) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }

    private static Reason reason(byte[] file) {
        return reason(DECODER, file);
    }

    private static Reason reason(ImageDecoder decoder, byte[] file) {
        ImageRejectedException rejected = catchThrowableOfType(ImageRejectedException.class,
                () -> decoder.decodeUnguarded(ByteBuffer.wrap(file)));
        return rejected == null ? null : rejected.reason();
    }

    private static Reason rawReason(byte[] pixels, int height, int width) {
        ImageRejectedException rejected = catchThrowableOfType(ImageRejectedException.class,
                () -> DECODER.raw(ByteBuffer.wrap(pixels), height, width));
        return rejected == null ? null : rejected.reason();
    }
}
