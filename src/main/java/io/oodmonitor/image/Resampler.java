package io.oodmonitor.image;

import java.nio.ByteBuffer;

/**
 * Scales a window of an image and keeps a window of the result, in two passes of 8 bits each, columns first, exactly as
 * Pillow's Resample.c does. Only what the result needs is computed.
 */
final class Resampler {
    /** Taps along a row that are done without a loop: enough to halve it bilinearly. Fewer are filled up. */
    private static final int FEW = 4;
    private static final int HALF = 1 << ResampleWeights.PRECISION_BITS - 1;

    /** By the upper bits of a sum: the sample, 0 to 255. Cheaper than two comparisons. */
    private static final byte[] CLIPPED = new byte[1 << 32 - ResampleWeights.PRECISION_BITS];

    static {
        for (int i = 0; i < CLIPPED.length; i++) {
            int value = i << ResampleWeights.PRECISION_BITS >> ResampleWeights.PRECISION_BITS;
            CLIPPED[i] = (byte) Math.max(0, Math.min(255, value));
        }
    }

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

        /** At or before the first old pixel that has a weight in what is kept. */
        int first(Interpolation interpolation) {
            return start + Math.max(0, (int) ((keep + 0.5) * newToOld() - reach(interpolation)));
        }

        /** Behind the last old pixel that has a weight in what is kept, or further. */
        int end(Interpolation interpolation) {
            return start + Math.min(size, (int) Math.ceil((keep + kept - 0.5) * newToOld() + reach(interpolation)));
        }

        private double newToOld() {
            return (double) size / newSize;
        }

        private double reach(Interpolation interpolation) {
            return interpolation.support() * Math.max(1, newToOld()) + 1;
        }

        ResampleWeights weights(Interpolation interpolation, int leastTaps) {
            return ResampleWeights.of(size, newSize, keep, kept, interpolation, leastTaps);
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
        ResampleWeights across = columns.weights(interpolation, FEW);
        ResampleWeights down = rows.weights(interpolation, 1);
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
        if (across.taps() == FEW) {
            squeezeFew(in, at, across, out);
            return;
        }
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
            out[o++] = 0xFF & clip(red);
            out[o++] = 0xFF & clip(green);
            out[o++] = 0xFF & clip(blue);
        }
    }

    /** The same for {@link #FEW} taps, without a loop over them, which would cost more than what it does. */
    private static void squeezeFew(byte[] in, int at, ResampleWeights across, int[] out) {
        int[] weights = across.weights();
        int[] starts = across.starts();
        for (int x = 0; x < starts.length; x++) {
            int i = at + starts[x] * 3;
            int w0 = weights[4 * x];
            int w1 = weights[4 * x + 1];
            int w2 = weights[4 * x + 2];
            int w3 = weights[4 * x + 3];
            out[3 * x] = sum(in, i, w0, w1, w2, w3);
            out[3 * x + 1] = sum(in, i + 1, w0, w1, w2, w3);
            out[3 * x + 2] = sum(in, i + 2, w0, w1, w2, w3);
        }
    }

    private static int sum(byte[] in, int i, int w0, int w1, int w2, int w3) {
        return 0xFF & clip(HALF + (in[i] & 0xFF) * w0 + (in[i + 3] & 0xFF) * w1 + (in[i + 6] & 0xFF) * w2
                + (in[i + 9] & 0xFF) * w3);
    }

    // Only ints, which the runtime's compiler turns into vector instructions.

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
        for (int i = 0; i < out.length; i++) {
            out[i] = clip(sums[i]);
        }
    }

    private static byte clip(int sum) {
        return CLIPPED[sum >>> ResampleWeights.PRECISION_BITS];
    }
}
