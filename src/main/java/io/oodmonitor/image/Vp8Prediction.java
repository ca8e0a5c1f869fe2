package io.oodmonitor.image;

import java.util.Arrays;

/** How VP8 predicts samples from those above and to the left (RFC 6386, chapter 12). */
final class Vp8Prediction {
    /** Modes of 4 x 4 blocks, numbered as in the probability tables; the first four also of whole planes. */
    static final int DC = 0;
    static final int TRUE_MOTION = 1;
    static final int VERTICAL = 2;
    static final int HORIZONTAL = 3;
    static final int LEFT_DOWN = 4;
    static final int RIGHT_DOWN = 5;
    static final int VERTICAL_RIGHT = 6;
    static final int VERTICAL_LEFT = 7;
    static final int HORIZONTAL_DOWN = 8;
    static final int HORIZONTAL_UP = 9;

    private Vp8Prediction() {
    }

    /** Fills a square of a macroblock's plane; beyond the edges of the image DC uses nothing, the others the border. */
    static void square(int mode, int size, byte[] s, int at, int stride, boolean hasAbove, boolean hasLeft) {
        switch (mode) {
            case DC -> {
                byte average = (byte) average(size, s, at, stride, hasAbove, hasLeft);
                for (int y = 0; y < size; y++) {
                    Arrays.fill(s, at + y * stride, at + y * stride + size, average);
                }
            }
            case VERTICAL -> {
                for (int y = 0; y < size; y++) {
                    System.arraycopy(s, at - stride, s, at + y * stride, size);
                }
            }
            case HORIZONTAL -> {
                for (int y = 0; y < size; y++) {
                    Arrays.fill(s, at + y * stride, at + y * stride + size, s[at + y * stride - 1]);
                }
            }
            default -> trueMotion(size, s, at, stride);
        }
    }

    private static int average(int size, byte[] s, int at, int stride, boolean hasAbove, boolean hasLeft) {
        if (!hasAbove && !hasLeft) {
            return 128;
        }
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += (hasAbove ? s[at - stride + i] & 0xFF : 0) + (hasLeft ? s[at + i * stride - 1] & 0xFF : 0);
        }
        int count = hasAbove && hasLeft ? 2 * size : size;
        return (sum + count / 2) / count;
    }

    private static void trueMotion(int size, byte[] s, int at, int stride) {
        int corner = s[at - stride - 1] & 0xFF;
        for (int y = 0; y < size; y++) {
            int row = at + y * stride;
            int change = (s[row - 1] & 0xFF) - corner;
            for (int x = 0; x < size; x++) {
                s[row + x] = (byte) Math.max(0, Math.min(255, (s[at - stride + x] & 0xFF) + change));
            }
        }
    }

    /**
     * Fills 4 x 4 samples.
     *
     * @param rightAt index of the four samples above and to the right
     */
    static void block(int mode, byte[] s, int at, int stride, int rightAt) {
        if (mode == TRUE_MOTION) {
            trueMotion(4, s, at, stride);
            return;
        }
        // The edge, from the bottom left up to the corner e[4] and on to the right.
        int[] e = new int[13];
        for (int i = 0; i < 4; i++) {
            e[3 - i] = s[at + i * stride - 1] & 0xFF;
            e[5 + i] = s[at - stride + i] & 0xFF;
            e[9 + i] = s[rightAt + i] & 0xFF;
        }
        e[4] = s[at - stride - 1] & 0xFF;
        switch (mode) {
            case DC -> {
                int average = e[0] + e[1] + e[2] + e[3] + e[5] + e[6] + e[7] + e[8] + 4 >> 3;
                for (int y = 0; y < 4; y++) {
                    Arrays.fill(s, at + y * stride, at + y * stride + 4, (byte) average);
                }
            }
            case VERTICAL -> {
                for (int i = 0; i < 16; i++) {
                    s[at + (i >> 2) * stride + (i & 3)] = three(e, 5 + (i & 3));
                }
            }
            case HORIZONTAL -> {
                for (int y = 0; y < 4; y++) {
                    byte row = y < 3 ? three(e, 3 - y) : (byte) (e[1] + 3 * e[0] + 2 >> 2);
                    Arrays.fill(s, at + y * stride, at + y * stride + 4, row);
                }
            }
            case LEFT_DOWN -> {
                for (int i = 0; i < 16; i++) {
                    int d = (i >> 2) + (i & 3);
                    s[at + (i >> 2) * stride + (i & 3)] =
                            d < 6 ? three(e, 6 + d) : (byte) (e[11] + 3 * e[12] + 2 >> 2);
                }
            }
            case RIGHT_DOWN -> {
                for (int i = 0; i < 16; i++) {
                    s[at + (i >> 2) * stride + (i & 3)] = three(e, 4 + (i & 3) - (i >> 2));
                }
            }
            case VERTICAL_RIGHT -> verticalRight(e, s, at, stride);
            case VERTICAL_LEFT -> verticalLeft(e, s, at, stride);
            case HORIZONTAL_DOWN -> horizontalDown(e, s, at, stride);
            default -> horizontalUp(e, s, at, stride);
        }
    }

    private static void verticalRight(int[] e, byte[] s, int at, int stride) {
        for (int x = 0; x < 4; x++) {
            s[at + x] = two(e, 4 + x);
            s[at + stride + x] = three(e, 4 + x);
        }
        int third = at + 2 * stride;
        int fourth = third + stride;
        s[third] = three(e, 3);
        s[fourth] = three(e, 2);
        System.arraycopy(s, at, s, third + 1, 3);
        System.arraycopy(s, at + stride, s, fourth + 1, 3);
    }

    private static void verticalLeft(int[] e, byte[] s, int at, int stride) {
        for (int x = 0; x < 4; x++) {
            s[at + x] = two(e, 5 + x);
            s[at + stride + x] = three(e, 6 + x);
        }
        int third = at + 2 * stride;
        int fourth = third + stride;
        System.arraycopy(s, at + 1, s, third, 3);
        System.arraycopy(s, at + stride + 1, s, fourth, 3);
        // Not what the pattern would suggest, but what VP8 does.
        s[third + 3] = three(e, 10);
        s[fourth + 3] = three(e, 11);
    }

    private static void horizontalDown(int[] e, byte[] s, int at, int stride) {
        for (int y = 0; y < 4; y++) {
            s[at + y * stride] = two(e, 3 - y);
            s[at + y * stride + 1] = three(e, 4 - y);
        }
        s[at + 2] = three(e, 5);
        s[at + 3] = three(e, 6);
        for (int y = 1; y < 4; y++) {
            System.arraycopy(s, at + (y - 1) * stride, s, at + y * stride + 2, 2);
        }
    }

    private static void horizontalUp(int[] e, byte[] s, int at, int stride) {
        byte[] steps = {
            two(e, 2), three(e, 2), two(e, 1), three(e, 1), two(e, 0), (byte) (e[1] + 3 * e[0] + 2 >> 2), (byte) e[0],
            (byte) e[0], (byte) e[0], (byte) e[0]};
        for (int y = 0; y < 4; y++) {
            System.arraycopy(steps, 2 * y, s, at + y * stride, 4);
        }
    }

    /** The average of an edge sample and the next. */
    private static byte two(int[] e, int i) {
        return (byte) (e[i] + e[i + 1] + 1 >> 1);
    }

    /** The weighted average of an edge sample and its two neighbours. */
    private static byte three(int[] e, int i) {
        return (byte) (e[i - 1] + 2 * e[i] + e[i + 1] + 2 >> 2);
    }
}
