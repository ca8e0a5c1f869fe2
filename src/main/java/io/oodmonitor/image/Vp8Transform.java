package io.oodmonitor.image;

/** The inverse transforms of VP8 (RFC 6386, chapter 14), to the bit. */
final class Vp8Transform {
    private Vp8Transform() {
    }

    /** From the coefficients of the second-order block to the first coefficient of each of the 16 blocks. */
    static void walshHadamard(int[] in, int[] coefficients) {
        int[] t = new int[16];
        for (int i = 0; i < 4; i++) {
            int a0 = in[i] + in[12 + i];
            int a1 = in[4 + i] + in[8 + i];
            int a2 = in[4 + i] - in[8 + i];
            int a3 = in[i] - in[12 + i];
            t[i] = a0 + a1;
            t[4 + i] = a3 + a2;
            t[8 + i] = a0 - a1;
            t[12 + i] = a3 - a2;
        }
        for (int i = 0; i < 4; i++) {
            int a0 = t[4 * i] + 3 + t[4 * i + 3];
            int a1 = t[4 * i + 1] + t[4 * i + 2];
            int a2 = t[4 * i + 1] - t[4 * i + 2];
            int a3 = t[4 * i] + 3 - t[4 * i + 3];
            coefficients[64 * i] = a0 + a1 >> 3;
            coefficients[64 * i + 16] = a3 + a2 >> 3;
            coefficients[64 * i + 32] = a0 - a1 >> 3;
            coefficients[64 * i + 48] = a3 - a2 >> 3;
        }
    }

    /** Adds what 16 coefficients mean to the 4 x 4 samples that were predicted. */
    static void addDct(int[] in, int from, byte[] samples, int at, int stride) {
        int[] t = new int[16];
        for (int i = 0; i < 4; i++) {
            int c = from + i;
            int a = in[c] + in[c + 8];
            int b = in[c] - in[c + 8];
            int m = sine(in[c + 4]) - cosine(in[c + 12]);
            int n = cosine(in[c + 4]) + sine(in[c + 12]);
            t[i] = a + n;
            t[4 + i] = b + m;
            t[8 + i] = b - m;
            t[12 + i] = a - n;
        }
        for (int y = 0; y < 4; y++) {
            int a = t[4 * y] + 4 + t[4 * y + 2];
            int b = t[4 * y] + 4 - t[4 * y + 2];
            int m = sine(t[4 * y + 1]) - cosine(t[4 * y + 3]);
            int n = cosine(t[4 * y + 1]) + sine(t[4 * y + 3]);
            int to = at + y * stride;
            add(samples, to, a + n >> 3);
            add(samples, to + 1, b + m >> 3);
            add(samples, to + 2, b - m >> 3);
            add(samples, to + 3, a - n >> 3);
        }
    }

    /** Times sqrt(2) cos(pi / 8). */
    private static int cosine(int x) {
        return x + (x * 20_091 >> 16);
    }

    /** Times sqrt(2) sin(pi / 8). */
    private static int sine(int x) {
        return x * 35_468 >> 16;
    }

    private static void add(byte[] samples, int at, int difference) {
        samples[at] = (byte) Math.max(0, Math.min(255, (samples[at] & 0xFF) + difference));
    }
}
