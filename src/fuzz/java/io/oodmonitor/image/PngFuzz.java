package io.oodmonitor.image;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * PNG files: an image within the limits, or an {@link ImageRejectedException}. Each is decoded as it is and with its
 * chunks' checksums put right, which no change would get past otherwise.
 */
public final class PngFuzz {

    private static final int SIGNATURE_BYTES = 8;
    /** Length, type and checksum. */
    private static final int CHUNK_OVERHEAD = 12;

    private PngFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        ImageTarget.decode(input);
        ImageTarget.decode(withChecksums(input));
    }

    private static byte[] withChecksums(byte[] input) {
        ByteBuffer file = ByteBuffer.wrap(input.clone());
        int at = SIGNATURE_BYTES;
        while (at <= file.capacity() - CHUNK_OVERHEAD) {
            int length = file.getInt(at);
            if (length < 0 || length > file.capacity() - at - CHUNK_OVERHEAD) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(file.array(), at + 4, length + 4);
            file.putInt(at + 8 + length, (int) crc.getValue());
            at += CHUNK_OVERHEAD + length;
        }
        return file.array();
    }
}
