package io.oodmonitor.image;

import java.nio.ByteBuffer;

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
    static void draw(RgbRows image, Axis rows, Axis columns, Interpolation interpolation, ByteBuffer target) {
        if (rows.scales() || columns.scales()) {
            scale(image, rows, columns, interpolation, target);
            return;
        }
        int left = columns.start() + columns.keep();
        int right = left + columns.kept();
        int top = rows.start() + rows.keep();
        for (int y = top; y < top + rows.kept(); y++) {
            int row = image.row(y, left, right);
            target.put(image.array(), row + left * 3, columns.kept() * 3);
        }
    }

    /** Each old row is squeezed once and added to all new rows that it is a part of. */
    private static void scale(RgbRows image, Axis rows, Axis columns, Interpolation interpolation, ByteBuffer target) {
        ResampleWeights across = columns.weights(interpolation);
        ResampleWeights down = rows.weights(interpolation);
        int left = columns.start() + across.start(0);
        int right = columns.start() + across.end(across.size() - 1);
        int length = across.size() * 3;
        int[] squeezed = new int[length];
        int[][] sums = new int[down.overlap()][length];
        byte[] out = new byte[length];
        int done = 0;
        int begun = 0;
        for (int y = 0; done < down.size(); y++) {
            if (done == begun) {
                y = down.start(begun);
            }
            int row = image.row(rows.start() + y, left, right);
            squeeze(image.array(), row + columns.start() * 3, across, squeezed);
            for (int i = done; i < begun; i++) {
                add(squeezed, down.weight(i, y), sums[i % sums.length]);
            }
            for (; begun < down.size() && down.start(begun) == y; begun++) {
                begin(squeezed, down.weight(begun, y), sums[begun % sums.length]);
            }
            for (; done < begun && down.end(done) == y + 1; done++) {
                finish(sums[done % sums.length], out);
                target.put(out);
            }
        }
    }

    private static void squeeze(byte[] in, int at, ResampleWeights across, int[] out) {
        int[] weights = across.weights();
        int taps = across.taps();
        for (int x = 0, w = 0, o = 0; o < out.length; x++) {
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            int i = at + across.start(x) * 3;
            for (int stop = w + taps; w < stop; w++, i += 3) {
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

    // Loops of one kind of number each, which the runtime turns into vector instructions.

    private static void begin(int[] row, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = HALF + row[i] * weight;
        }
    }

    private static void add(int[] row, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += row[i] * weight;
        }
    }

    private static void finish(int[] sums, byte[] out) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = clip(sums[i]);
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) sums[i];
        }
    }

    private static int clip(int sum) {
        return Math.max(0, Math.min(255, sum >> ResampleWeights.PRECISION_BITS));
    }
}
