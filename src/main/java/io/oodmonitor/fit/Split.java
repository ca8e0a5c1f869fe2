package io.oodmonitor.fit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which images are held out. It depends on an image's name alone: not on the order, on the other images, or on any
 * pattern in which classes follow each other.
 *
 * @param share of the images, 0 to 1
 */
record Split(double share) {

    boolean holdsOut(String id) {
        return Integer.toUnsignedLong(digest(id).getInt()) < share * 0x1p32;
    }

    /** Evenly spread over all longs, and not correlated with {@link #holdsOut}. */
    static long key(String id) {
        return digest(id).getLong(Integer.BYTES);
    }

    private static ByteBuffer digest(String id) {
        try {
            return ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must know SHA-256", e);
        }
    }
}
