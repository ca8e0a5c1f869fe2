package io.oodmonitor.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

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
    /** Bits of coefficients in the lower four rows, in the right four columns. */
    private static final long LOWER_HALF = 0xFFFFFFFF00000000L;
    private static final long RIGHT_HALF = 0xF0F0F0F0F0F0F0F0L;

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

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** By the upper bits of a scaled sample: the sample, 0 to 255. Cheaper than two comparisons. */
    private static final byte[] SAMPLES = new byte[1 << 32 - ROW_SHIFT];

    static {
        for (int i = 0; i < SAMPLES.length; i++) {
            SAMPLES[i] = clamp(i << ROW_SHIFT >> ROW_SHIFT);
        }
    }

    private InverseDct() {
    }

    /**
     * Writes 8 x 8 samples.
     *
     * @param block  dequantised coefficients in natural order; zero afterwards
     * @param filled a bit for each coefficient but the first that may not be zero
     */
    static void transform(int[] block, long filled, byte[] out, int outAt, int stride) {
        boolean left = (filled & RIGHT_HALF) == 0;
        int columns = left ? 4 : 8;
        if ((filled & LOWER_HALF) == 0) {
            for (int c = 0; c < columns; c++) {
                upperColumn(block, c);
            }
        } else {
            for (int c = 0; c < columns; c++) {
                column(block, c);
            }
        }
        if (left) {
            for (int r = 0; r < 8; r++) {
                leftRow(block, 8 * r, out, outAt + r * stride);
            }
        } else {
            for (int r = 0; r < 8; r++) {
                row(block, 8 * r, out, outAt + r * stride);
            }
        }
        Arrays.fill(block, 0);
    }

    private static void column(int[] block, int c) {
        int c0 = block[c];
        int c2 = block[c + 16];
        int c4 = block[c + 32];
        int c6 = block[c + 48];
        int z1 = (c2 + c6) * FIX_0_541196100;
        int t2 = z1 - c6 * FIX_1_847759065;
        int t3 = z1 + c2 * FIX_0_765366865;
        int t0 = (c0 + c4 << CONST_BITS) + COLUMN_HALF;
        int t1 = (c0 - c4 << CONST_BITS) + COLUMN_HALF;

        int o0 = block[c + 56];
        int o1 = block[c + 40];
        int o2 = block[c + 24];
        int o3 = block[c + 8];
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
        storeColumn(block, c, t0 + t3, t1 + t2, t1 - t2, t0 - t3, o0, o1, o2, o3);
    }

    /** A column whose lower half is zero. */
    private static void upperColumn(int[] block, int c) {
        int c0 = (block[c] << CONST_BITS) + COLUMN_HALF;
        int c2 = block[c + 16];
        int t2 = c2 * FIX_0_541196100;
        int t3 = c2 * (FIX_0_541196100 + FIX_0_765366865);
        int o2 = block[c + 24];
        int o3 = block[c + 8];
        int z5 = (o2 + o3) * FIX_1_175875602;
        int y1 = o3 * -FIX_0_899976223;
        int y2 = o2 * -FIX_2_562915447;
        int z3 = o2 * -FIX_1_961570560 + z5;
        int z4 = o3 * -FIX_0_390180644 + z5;
        storeColumn(block, c, c0 + t3, c0 + t2, c0 - t2, c0 - t3,
                y1 + z3, y2 + z4, o2 * FIX_3_072711026 + y2 + z3, o3 * FIX_1_501321110 + y1 + z4);
    }

    private static void storeColumn(int[] block, int c, int e0, int e1, int e2, int e3, int o0, int o1, int o2,
            int o3) {
        block[c] = e0 + o3 >> COLUMN_SHIFT;
        block[c + 8] = e1 + o2 >> COLUMN_SHIFT;
        block[c + 16] = e2 + o1 >> COLUMN_SHIFT;
        block[c + 24] = e3 + o0 >> COLUMN_SHIFT;
        block[c + 32] = e3 - o0 >> COLUMN_SHIFT;
        block[c + 40] = e2 - o1 >> COLUMN_SHIFT;
        block[c + 48] = e1 - o2 >> COLUMN_SHIFT;
        block[c + 56] = e0 - o3 >> COLUMN_SHIFT;
    }

    private static void row(int[] block, int r, byte[] out, int at) {
        int c0 = block[r];
        int c2 = block[r + 2];
        int c4 = block[r + 4];
        int c6 = block[r + 6];
        int z1 = (c2 + c6) * FIX_0_541196100;
        int t2 = z1 - c6 * FIX_1_847759065;
        int t3 = z1 + c2 * FIX_0_765366865;
        int t0 = (c0 + c4 << CONST_BITS) + ROW_HALF;
        int t1 = (c0 - c4 << CONST_BITS) + ROW_HALF;

        int o0 = block[r + 7];
        int o1 = block[r + 5];
        int o2 = block[r + 3];
        int o3 = block[r + 1];
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
        storeRow(out, at, t0 + t3, t1 + t2, t1 - t2, t0 - t3, o0, o1, o2, o3);
    }

    /** A row whose right half is zero. */
    private static void leftRow(int[] block, int r, byte[] out, int at) {
        int c0 = (block[r] << CONST_BITS) + ROW_HALF;
        int c2 = block[r + 2];
        int t2 = c2 * FIX_0_541196100;
        int t3 = c2 * (FIX_0_541196100 + FIX_0_765366865);
        int o2 = block[r + 3];
        int o3 = block[r + 1];
        int z5 = (o2 + o3) * FIX_1_175875602;
        int y1 = o3 * -FIX_0_899976223;
        int y2 = o2 * -FIX_2_562915447;
        int z3 = o2 * -FIX_1_961570560 + z5;
        int z4 = o3 * -FIX_0_390180644 + z5;
        storeRow(out, at, c0 + t3, c0 + t2, c0 - t2, c0 - t3,
                y1 + z3, y2 + z4, o2 * FIX_3_072711026 + y2 + z3, o3 * FIX_1_501321110 + y1 + z4);
    }

    private static void storeRow(byte[] out, int at, int e0, int e1, int e2, int e3, int o0, int o1, int o2, int o3) {
        out[at] = SAMPLES[e0 + o3 >>> ROW_SHIFT];
        out[at + 1] = SAMPLES[e1 + o2 >>> ROW_SHIFT];
        out[at + 2] = SAMPLES[e2 + o1 >>> ROW_SHIFT];
        out[at + 3] = SAMPLES[e3 + o0 >>> ROW_SHIFT];
        out[at + 4] = SAMPLES[e3 - o0 >>> ROW_SHIFT];
        out[at + 5] = SAMPLES[e2 - o1 >>> ROW_SHIFT];
        out[at + 6] = SAMPLES[e1 - o2 >>> ROW_SHIFT];
        out[at + 7] = SAMPLES[e0 - o3 >>> ROW_SHIFT];
    }

    /** The same for a block that is only its average. */
    static void transformFlat(int dc, byte[] out, int outAt, int stride) {
        long flat = (clamp((dc + 4 >> 3) + 128) & 0xFF) * 0x0101010101010101L;
        for (int r = 0; r < 8; r++) {
            EIGHT_BYTES.set(out, outAt + r * stride, flat);
        }
    }

    private static byte clamp(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
