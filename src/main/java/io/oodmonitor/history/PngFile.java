package io.oodmonitor.history;

import io.oodmonitor.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes PNG files (W3C, Portable Network Graphics, second edition): red, green and blue of 8 bits. Stateless. */
final class PngFile {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte BITS = 8;
    private static final byte TRUE_COLOUR = 2;
    /** Each row less the one above, which suits photographs. */
    private static final byte UP = 2;

    private PngFile() {
    }

    static byte[] of(RgbImage image) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        chunk(file, "IHDR", ByteBuffer.allocate(13).putInt(image.width()).putInt(image.height())
                .put(BITS).put(TRUE_COLOUR).array());
        chunk(file, "IDAT", compressed(filtered(image)));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static byte[] filtered(RgbImage image) {
        int row = image.width() * 3;
        byte[] pixels = image.pixels();
        byte[] filtered = new byte[image.height() * (1 + row)];
        for (int y = 0; y < image.height(); y++) {
            int to = y * (1 + row);
            filtered[to] = UP;
            for (int i = 0; i < row; i++) {
                int above = y == 0 ? 0 : pixels[(y - 1) * row + i];
                filtered[to + 1 + i] = (byte) (pixels[y * row + i] - above);
            }
        }
        return filtered;
    }

    private static byte[] compressed(byte[] bytes) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8 << 10];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(data);
        file.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt((int) check.getValue()).array());
    }
}
