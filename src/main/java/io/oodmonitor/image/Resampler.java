package io.oodmonitor.image;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Scales a window of an image and keeps a window of the result, in two passes of 8 bits each, columns first, exactly as
 * Pillow's Resample.c does. Only what the result needs is computed.
 */
final class Resampler {
    private static final int HALF = 1 << ResampleWeights.PRECISION_BITS - 1;

    private Resampler() {
    }

    /**
     * A window of one direction, in pixels.
     *
     * @param start   the first old pixel
     * @param size    old pixels, of which nothing beyond is seen
     * @param newSize what they become
     * @param keep    the first new pixel that is kept
     * @param kept    new pixels that are kept
     */
    record Axis(int start, int size, int newSize, int keep, int kept) {
        boolean scales() {
            return size != newSize;
        }

        ResampleWeights weights(Interpolation interpolation) {
            return ResampleWeights.of(size, newSize, keep, kept, interpolation);
        }
    }

    /** Writes rows.kept x columns.kept x 3 bytes at the target's position, which moves on. */
    static void draw(RgbImage image, Axis rows, Axis columns, Interpolation interpolation, ByteBuffer target) {
        ResampleWeights down = rows.scales() ? rows.weights(interpolation) : null;
        int first = rows.start() + (down == null ? rows.keep() : down.start(0));
        int last = rows.kept() - 1;
        int end = down == null ? first + rows.kept() : rows.start() + down.start(last) + down.count(last);
        byte[] wide = image.pixels();
        int stride = image.width() * 3;
        int at = first * stride + (columns.start() + columns.keep()) * 3;
        if (columns.scales()) {
            wide = squeeze(image, columns, columns.weights(interpolation), first, end);
            stride = columns.kept() * 3;
            at = 0;
        }
        int rowBytes = columns.kept() * 3;
        if (down == null) {
            for (int y = 0; y < rows.kept(); y++) {
                target.put(wide, at + y * stride, rowBytes);
            }
            return;
        }
        int[] sums = new int[rowBytes];
        byte[] out = new byte[rowBytes];
        for (int y = 0; y < rows.kept(); y++) {
            int from = at + (rows.start() + down.start(y) - first) * stride;
            addRows(wide, from, stride, down, y, sums);
            for (int i = 0; i < rowBytes; i++) {
                out[i] = clip(sums[i]);
            }
            target.put(out);
        }
    }

    private static byte[] squeeze(RgbImage image, Axis columns, ResampleWeights across, int first, int end) {
        byte[] in = image.pixels();
        int[] weights = across.weights();
        byte[] out = new byte[(end - first) * columns.kept() * 3];
        int o = 0;
        for (int y = first; y < end; y++) {
            int row = (y * image.width() + columns.start()) * 3;
            for (int x = 0; x < columns.kept(); x++) {
                int red = HALF;
                int green = HALF;
                int blue = HALF;
                int i = row + across.start(x) * 3;
                int w = across.weightsAt(x);
                for (int stop = w + across.count(x); w < stop; w++, i += 3) {
                    int weight = weights[w];
                    red += (in[i] & 0xFF) * weight;
                    green += (in[i + 1] & 0xFF) * weight;
                    blue += (in[i + 2] & 0xFF) * weight;
                }
                out[o++] = clip(red);
                out[o++] = clip(green);
                out[o++] = clip(blue);
            }
        }
        return out;
    }

    private static void addRows(byte[] in, int at, int stride, ResampleWeights down, int y, int[] sums) {
        Arrays.fill(sums, HALF);
        int row = at;
        int w = down.weightsAt(y);
        for (int stop = w + down.count(y); w < stop; w++, row += stride) {
            int weight = down.weights()[w];
            for (int i = 0; i < sums.length; i++) {
                sums[i] += (in[row + i] & 0xFF) * weight;
            }
        }
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> ResampleWeights.PRECISION_BITS));
    }
}
