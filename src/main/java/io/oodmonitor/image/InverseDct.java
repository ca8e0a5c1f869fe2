package io.oodmonitor.image;

/**
 * The accurate integer inverse DCT of libjpeg (jidctint.c, "islow"), to the bit: Loeffler, Ligtenberg and Moschytz,
 * "Practical Fast 1-D DCT Algorithms with 11 Multiplications", ICASSP 1989, in 13-bit fixed point.
 */
final class InverseDct {
    private static final int CONST_BITS = 13;
    private static final int PASS1_BITS = 2;
    private static final int COLUMN_SHIFT = CONST_BITS - PASS1_BITS;
    private static final int COLUMN_HALF = 1 << COLUMN_SHIFT - 1;
    private static final int ROW_SHIFT = CONST_BITS + PASS1_BITS + 3;
    /** Rounding, and the level shift by 128. */
    private static final int ROW_HALF = (1 << ROW_SHIFT - 1) + (128 << ROW_SHIFT);

    private static final int FIX_0_298631336 = 2446;
    private static final int FIX_0_390180644 = 3196;
    private static final int FIX_0_541196100 = 4433;
    private static final int FIX_0_765366865 = 6270;
    private static final int FIX_0_899976223 = 7373;
    private static final int FIX_1_175875602 = 9633;
    private static final int FIX_1_501321110 = 12299;
    private static final int FIX_1_847759065 = 15137;
    private static final int FIX_1_961570560 = 16069;
    private static final int FIX_2_053119869 = 16819;
    private static final int FIX_2_562915447 = 20995;
    private static final int FIX_3_072711026 = 25172;

    private InverseDct() {
    }

    /** Dequantises 64 coefficients in natural order and writes 8 x 8 samples. */
    static void transform(short[] in, int at, int[] quant, byte[] out, int outAt, int stride) {
        int[] work = new int[64];
        for (int c = 0; c < 8; c++) {
            int i = at + c;
            int c0 = in[i] * quant[c];
            if ((in[i + 8] | in[i + 16] | in[i + 24] | in[i + 32] | in[i + 40] | in[i + 48] | in[i + 56]) == 0) {
                int flat = c0 << PASS1_BITS;
                work[c] = flat;
                work[c + 8] = flat;
                work[c + 16] = flat;
                work[c + 24] = flat;
                work[c + 32] = flat;
                work[c + 40] = flat;
                work[c + 48] = flat;
                work[c + 56] = flat;
                continue;
            }
            int c2 = in[i + 16] * quant[c + 16];
            int c4 = in[i + 32] * quant[c + 32];
            int c6 = in[i + 48] * quant[c + 48];
            int z1 = (c2 + c6) * FIX_0_541196100;
            int t2 = z1 - c6 * FIX_1_847759065;
            int t3 = z1 + c2 * FIX_0_765366865;
            int t0 = c0 + c4 << CONST_BITS;
            int t1 = c0 - c4 << CONST_BITS;
            int e0 = t0 + t3 + COLUMN_HALF;
            int e3 = t0 - t3 + COLUMN_HALF;
            int e1 = t1 + t2 + COLUMN_HALF;
            int e2 = t1 - t2 + COLUMN_HALF;

            int o0 = in[i + 56] * quant[c + 56];
            int o1 = in[i + 40] * quant[c + 40];
            int o2 = in[i + 24] * quant[c + 24];
            int o3 = in[i + 8] * quant[c + 8];
            int z3 = o0 + o2;
            int z4 = o1 + o3;
            int z5 = (z3 + z4) * FIX_1_175875602;
            int y1 = (o0 + o3) * -FIX_0_899976223;
            int y2 = (o1 + o2) * -FIX_2_562915447;
            z3 = z3 * -FIX_1_961570560 + z5;
            z4 = z4 * -FIX_0_390180644 + z5;
            o0 = o0 * FIX_0_298631336 + y1 + z3;
            o1 = o1 * FIX_2_053119869 + y2 + z4;
            o2 = o2 * FIX_3_072711026 + y2 + z3;
            o3 = o3 * FIX_1_501321110 + y1 + z4;

            work[c] = e0 + o3 >> COLUMN_SHIFT;
            work[c + 56] = e0 - o3 >> COLUMN_SHIFT;
            work[c + 8] = e1 + o2 >> COLUMN_SHIFT;
            work[c + 48] = e1 - o2 >> COLUMN_SHIFT;
            work[c + 16] = e2 + o1 >> COLUMN_SHIFT;
            work[c + 40] = e2 - o1 >> COLUMN_SHIFT;
            work[c + 24] = e3 + o0 >> COLUMN_SHIFT;
            work[c + 32] = e3 - o0 >> COLUMN_SHIFT;
        }
        for (int r = 0; r < 64; r += 8) {
            int c2 = work[r + 2];
            int c6 = work[r + 6];
            int z1 = (c2 + c6) * FIX_0_541196100;
            int t2 = z1 - c6 * FIX_1_847759065;
            int t3 = z1 + c2 * FIX_0_765366865;
            int t0 = work[r] + work[r + 4] << CONST_BITS;
            int t1 = work[r] - work[r + 4] << CONST_BITS;
            int e0 = t0 + t3 + ROW_HALF;
            int e3 = t0 - t3 + ROW_HALF;
            int e1 = t1 + t2 + ROW_HALF;
            int e2 = t1 - t2 + ROW_HALF;

            int o0 = work[r + 7];
            int o1 = work[r + 5];
            int o2 = work[r + 3];
            int o3 = work[r + 1];
            int z3 = o0 + o2;
            int z4 = o1 + o3;
            int z5 = (z3 + z4) * FIX_1_175875602;
            int y1 = (o0 + o3) * -FIX_0_899976223;
            int y2 = (o1 + o2) * -FIX_2_562915447;
            z3 = z3 * -FIX_1_961570560 + z5;
            z4 = z4 * -FIX_0_390180644 + z5;
            o0 = o0 * FIX_0_298631336 + y1 + z3;
            o1 = o1 * FIX_2_053119869 + y2 + z4;
            o2 = o2 * FIX_3_072711026 + y2 + z3;
            o3 = o3 * FIX_1_501321110 + y1 + z4;

            int to = outAt + (r >> 3) * stride;
            out[to] = sample(e0 + o3);
            out[to + 7] = sample(e0 - o3);
            out[to + 1] = sample(e1 + o2);
            out[to + 6] = sample(e1 - o2);
            out[to + 2] = sample(e2 + o1);
            out[to + 5] = sample(e2 - o1);
            out[to + 3] = sample(e3 + o0);
            out[to + 4] = sample(e3 - o0);
        }
    }

    /** The same for a block that is only its average. */
    static void transformFlat(int dc, int quant, byte[] out, int outAt, int stride) {
        byte flat = clamp((dc * quant + 4 >> 3) + 128);
        for (int r = 0; r < 8; r++) {
            int to = outAt + r * stride;
            for (int c = 0; c < 8; c++) {
                out[to + c] = flat;
            }
        }
    }

    private static byte sample(int scaled) {
        return clamp(scaled >> ROW_SHIFT);
    }

    private static byte clamp(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
