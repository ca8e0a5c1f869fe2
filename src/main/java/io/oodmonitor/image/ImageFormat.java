package io.oodmonitor.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The image files that can be read, told apart by their first bytes. */
public enum ImageFormat {
    JPEG, PNG, BMP, WEBP;

    private static final byte[] JPEG_START = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] PNG_START = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] BMP_START = ascii("BM");
    private static final byte[] RIFF_START = ascii("RIFF");
    private static final byte[] WEBP_TYPE = ascii("WEBP");

    /** What the bytes claim to be, from the buffer's position on, which stays where it is. */
    public static Optional<ImageFormat> of(ByteBuffer bytes) {
        if (has(bytes, 0, JPEG_START)) {
            return Optional.of(JPEG);
        }
        if (has(bytes, 0, PNG_START)) {
            return Optional.of(PNG);
        }
        if (has(bytes, 0, RIFF_START) && has(bytes, 8, WEBP_TYPE)) {
            return Optional.of(WEBP);
        }
        if (has(bytes, 0, BMP_START)) {
            return Optional.of(BMP);
        }
        return Optional.empty();
    }

    private static boolean has(ByteBuffer bytes, int at, byte[] expected) {
        if (bytes.remaining() < at + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes.get(bytes.position() + at + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
