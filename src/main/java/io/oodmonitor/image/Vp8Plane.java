package io.oodmonitor.image;

import java.util.Arrays;

/**
 * One plane of a VP8 frame, whole macroblocks, with the border that prediction sees beyond the edges: 127 above and to
 * the right of that, 129 to the left (RFC 6386, 12.2 and 12.3).
 */
final class Vp8Plane {
    /** Prediction looks at up to four samples above and to the right of the last block. */
    private static final int RIGHT_BORDER = 4;

    final byte[] samples;
    final int stride;

    Vp8Plane(int width, int height) {
        stride = 1 + width + RIGHT_BORDER;
        samples = new byte[stride * (height + 1)];
        Arrays.fill(samples, 0, stride, (byte) 127);
        for (int y = 1; y <= height; y++) {
            samples[y * stride] = (byte) 129;
        }
    }

    /** Index of a sample. */
    int at(int x, int y) {
        return (y + 1) * stride + 1 + x;
    }
}
