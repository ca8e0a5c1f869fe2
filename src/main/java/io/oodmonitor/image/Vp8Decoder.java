package io.oodmonitor.image;

import java.util.Arrays;

/** Decodes a VP8 key frame (RFC 6386), the lossy kind of WebP, as libwebp does. Used once, by one thread. */
final class Vp8Decoder {
    /** Planes in the tables of coefficient probabilities. */
    private static final int LUMA_WITHOUT_DC = 0;
    private static final int SECOND_ORDER = 1;
    private static final int CHROMA = 2;
    private static final int LUMA_WITH_DC = 3;

    private static final int NODES = 11;
    private static final int CONTEXT = NODES;
    private static final int BAND = 3 * CONTEXT;
    private static final int PLANE = 8 * BAND;
    /** By coefficient: where its band's probabilities start; the last stands for the coefficient after the last. */
    private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
    private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
    /** Probabilities of the extra bits of large values, by category from the third on (13.2). */
    private static final int[][] LARGE = {{173, 148, 140}, {176, 155, 140, 135}, {180, 157, 141, 134, 130},
        {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}};

    private final int height;
    private final int width;
    private final int mbsDown;
    private final int mbsAcross;
    private final Vp8Bits modes;
    private final Vp8Header header;
    private final Vp8Plane[] planes;

    /** Modes of the 4 x 4 blocks above (for the whole row) and to the left. */
    private final byte[] modesAbove;
    private final byte[] modesLeft = new byte[4];
    /** Whether the blocks above and to the left have coefficients: 4 of luma, 2 and 2 of chroma, 1 of second order. */
    private final byte[] filledAbove;
    private final byte[] filledLeft = new byte[9];

    private final byte[] blockModes = new byte[16];
    private final int[] coefficients = new int[16 * 25];
    private final int[] secondOrder = new int[16];
    /** By macroblock: its filter, and whether its inner edges are filtered. */
    private final Vp8LoopFilter.Strength[] filters;
    private final boolean[] filtersInside;

    private Vp8Decoder(Bytes frame, int height, int width) throws ImageRejectedException {
        this.height = height;
        this.width = width;
        this.mbsDown = height + 15 >> 4;
        this.mbsAcross = width + 15 >> 4;
        this.modes = new Vp8Bits(Vp8Header.firstPartition(frame));
        this.header = Vp8Header.read(frame, modes);
        this.planes = new Vp8Plane[] {new Vp8Plane(16 * mbsAcross, 16 * mbsDown),
            new Vp8Plane(8 * mbsAcross, 8 * mbsDown), new Vp8Plane(8 * mbsAcross, 8 * mbsDown)};
        this.modesAbove = new byte[4 * mbsAcross];
        this.filledAbove = new byte[9 * mbsAcross];
        this.filters = new Vp8LoopFilter.Strength[mbsAcross * mbsDown];
        this.filtersInside = new boolean[mbsAcross * mbsDown];
    }

    static RgbImage decode(Bytes frame, int height, int width) throws ImageRejectedException {
        Vp8Decoder decoder = new Vp8Decoder(frame, height, width);
        decoder.decodeMacroblocks();
        decoder.filter();
        return Vp8Colours.toRgb(decoder.planes, height, width);
    }

    private void decodeMacroblocks() throws ImageRejectedException {
        for (int mbY = 0; mbY < mbsDown; mbY++) {
            Vp8Bits tokens = header.partitions()[mbY & header.partitions().length - 1];
            Arrays.fill(modesLeft, (byte) Vp8Prediction.DC);
            Arrays.fill(filledLeft, (byte) 0);
            for (int mbX = 0; mbX < mbsAcross; mbX++) {
                decodeMacroblock(tokens, mbX, mbY);
            }
            if (modes.exhausted() || tokens.exhausted()) {
                throw ImageRejectedException.corrupt("the WebP file's compressed data end before its image does");
            }
        }
    }

    private void decodeMacroblock(Vp8Bits tokens, int mbX, int mbY) {
        int segment = 0;
        if (header.segmented()) {
            int[] p = header.segmentProbabilities();
            segment = modes.bit(p[0]) == 0 ? modes.bit(p[1]) : 2 + modes.bit(p[2]);
        }
        boolean skipped = header.skipProbability() >= 0 && modes.bit(header.skipProbability()) != 0;
        boolean inBlocks = modes.bit(145) == 0;
        if (inBlocks) {
            readBlockModes(mbX);
        } else {
            byte mode = (byte) (modes.bit(156) != 0
                    ? modes.bit(128) != 0 ? Vp8Prediction.TRUE_MOTION : Vp8Prediction.HORIZONTAL
                    : modes.bit(163) != 0 ? Vp8Prediction.VERTICAL : Vp8Prediction.DC);
            blockModes[0] = mode;
            Arrays.fill(modesAbove, 4 * mbX, 4 * mbX + 4, mode);
            Arrays.fill(modesLeft, mode);
        }
        int chromaMode = modes.bit(142) == 0 ? Vp8Prediction.DC : modes.bit(114) == 0 ? Vp8Prediction.VERTICAL
                : modes.bit(183) != 0 ? Vp8Prediction.TRUE_MOTION : Vp8Prediction.HORIZONTAL;
        boolean filled = false;
        if (skipped) {
            // The second order is left as it was where there is none.
            Arrays.fill(filledAbove, 9 * mbX, 9 * mbX + (inBlocks ? 8 : 9), (byte) 0);
            Arrays.fill(filledLeft, 0, inBlocks ? 8 : 9, (byte) 0);
        } else {
            filled = readCoefficients(tokens, mbX, inBlocks, header.quantisers()[segment]);
        }
        reconstructLuma(mbX, mbY, inBlocks, filled);
        reconstructChroma(mbX, mbY, chromaMode, filled);
        int index = mbY * mbsAcross + mbX;
        filters[index] = header.filter()[segment][inBlocks ? 1 : 0];
        filtersInside[index] = inBlocks || filled;
    }

    private void readBlockModes(int mbX) {
        for (int y = 0; y < 4; y++) {
            int left = modesLeft[y];
            for (int x = 0; x < 4; x++) {
                left = readBlockMode((modesAbove[4 * mbX + x] * 10 + left) * 9);
                modesAbove[4 * mbX + x] = (byte) left;
                blockModes[4 * y + x] = (byte) left;
            }
            modesLeft[y] = (byte) left;
        }
    }

    /** The tree of RFC 6386, 11.2. */
    private int readBlockMode(int at) {
        int[] p = Vp8Tables.SUBBLOCK_MODE_PROBABILITIES;
        if (modes.bit(p[at]) == 0) {
            return Vp8Prediction.DC;
        }
        if (modes.bit(p[at + 1]) == 0) {
            return Vp8Prediction.TRUE_MOTION;
        }
        if (modes.bit(p[at + 2]) == 0) {
            return Vp8Prediction.VERTICAL;
        }
        if (modes.bit(p[at + 3]) == 0) {
            if (modes.bit(p[at + 4]) == 0) {
                return Vp8Prediction.HORIZONTAL;
            }
            return modes.bit(p[at + 5]) == 0 ? Vp8Prediction.RIGHT_DOWN : Vp8Prediction.VERTICAL_RIGHT;
        }
        if (modes.bit(p[at + 6]) == 0) {
            return Vp8Prediction.LEFT_DOWN;
        }
        if (modes.bit(p[at + 7]) == 0) {
            return Vp8Prediction.VERTICAL_LEFT;
        }
        return modes.bit(p[at + 8]) == 0 ? Vp8Prediction.HORIZONTAL_DOWN : Vp8Prediction.HORIZONTAL_UP;
    }

    /** Fills {@link #coefficients}: 16 blocks of luma, 4 of each chroma plane; whether any of them counts. */
    private boolean readCoefficients(Vp8Bits tokens, int mbX, boolean inBlocks, Vp8Header.Quantiser q) {
        Arrays.fill(coefficients, 0);
        int above = 9 * mbX;
        int first = 0;
        int plane = LUMA_WITH_DC;
        if (!inBlocks) {
            Arrays.fill(secondOrder, 0);
            int context = filledAbove[above + 8] + filledLeft[8];
            int end = readBlock(tokens, SECOND_ORDER, context, 0, q.secondDc(), q.secondAc(), secondOrder, 0);
            filledAbove[above + 8] = filledLeft[8] = (byte) (end > 0 ? 1 : 0);
            Vp8Transform.walshHadamard(secondOrder, coefficients);
            first = 1;
            plane = LUMA_WITHOUT_DC;
        }
        boolean filled = false;
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                int at = 16 * (4 * y + x);
                int context = filledAbove[above + x] + filledLeft[y];
                int end = readBlock(tokens, plane, context, first, q.lumaDc(), q.lumaAc(), coefficients, at);
                filledAbove[above + x] = filledLeft[y] = (byte) (end > first ? 1 : 0);
                filled |= end > 1 || coefficients[at] != 0;
            }
        }
        for (int block = 0; block < 8; block++) {
            int at = 16 * (16 + block);
            int column = above + 4 + (block >> 2) * 2 + (block & 1);
            int row = 4 + (block >> 2) * 2 + (block >> 1 & 1);
            int context = filledAbove[column] + filledLeft[row];
            int end = readBlock(tokens, CHROMA, context, 0, q.chromaDc(), q.chromaAc(), coefficients, at);
            filledAbove[column] = filledLeft[row] = (byte) (end > 0 ? 1 : 0);
            filled |= end > 1 || coefficients[at] != 0;
        }
        return filled;
    }

    /** Reads one block's dequantised coefficients (13.2); behind which of them it ends. */
    private int readBlock(Vp8Bits tokens, int plane, int context, int first, int dc, int ac, int[] to, int at) {
        int[] p = header.coefficients();
        int node = plane * PLANE + BANDS[first] * BAND + context * CONTEXT;
        for (int n = first; n < 16; n++) {
            if (tokens.bit(p[node]) == 0) {
                return n;
            }
            while (tokens.bit(p[node + 1]) == 0) {
                if (++n == 16) {
                    return 16;
                }
                node = plane * PLANE + BANDS[n] * BAND;
            }
            int next = plane * PLANE + BANDS[n + 1] * BAND;
            int value = 1;
            if (tokens.bit(p[node + 2]) == 0) {
                node = next + CONTEXT;
            } else {
                value = readLarge(tokens, p, node);
                node = next + 2 * CONTEXT;
            }
            to[at + ZIGZAG[n]] = (tokens.flag() ? -value : value) * (n > 0 ? ac : dc);
        }
        return 16;
    }

    private static int readLarge(Vp8Bits tokens, int[] p, int node) {
        if (tokens.bit(p[node + 3]) == 0) {
            return tokens.bit(p[node + 4]) == 0 ? 2 : 3 + tokens.bit(p[node + 5]);
        }
        if (tokens.bit(p[node + 6]) == 0) {
            if (tokens.bit(p[node + 7]) == 0) {
                return 5 + tokens.bit(159);
            }
            int high = tokens.bit(165);
            return 7 + 2 * high + tokens.bit(145);
        }
        int half = tokens.bit(p[node + 8]);
        int category = 2 * half + tokens.bit(p[node + 9 + half]);
        int extra = 0;
        for (int probability : LARGE[category]) {
            extra = 2 * extra + tokens.bit(probability);
        }
        return 3 + (8 << category) + extra;
    }

    private void reconstructLuma(int mbX, int mbY, boolean inBlocks, boolean filled) {
        byte[] s = planes[0].samples;
        int stride = planes[0].stride;
        int at = planes[0].at(16 * mbX, 16 * mbY);
        if (!inBlocks) {
            Vp8Prediction.square(blockModes[0], 16, s, at, stride, mbY > 0, mbX > 0);
            for (int block = 0; filled && block < 16; block++) {
                addBlock(block, s, at + (block >> 2) * 4 * stride + (block & 3) * 4, stride);
            }
            return;
        }
        // INVARIANT: the rightmost blocks of all four rows see what is above the macroblock to the right of it.
        int right = at - stride + 16;
        if (mbX == mbsAcross - 1 && mbY > 0) {
            Arrays.fill(s, right, right + 4, s[right - 1]);
        }
        for (int block = 0; block < 16; block++) {
            int blockAt = at + (block >> 2) * 4 * stride + (block & 3) * 4;
            int rightAt = (block & 3) == 3 ? right : blockAt - stride + 4;
            Vp8Prediction.block(blockModes[block], s, blockAt, stride, rightAt);
            if (filled) {
                addBlock(block, s, blockAt, stride);
            }
        }
    }

    private void reconstructChroma(int mbX, int mbY, int mode, boolean filled) {
        for (int i = 1; i < 3; i++) {
            byte[] s = planes[i].samples;
            int stride = planes[i].stride;
            int at = planes[i].at(8 * mbX, 8 * mbY);
            Vp8Prediction.square(mode, 8, s, at, stride, mbY > 0, mbX > 0);
            for (int block = 0; filled && block < 4; block++) {
                addBlock(12 + 4 * i + block, s, at + (block >> 1) * 4 * stride + (block & 1) * 4, stride);
            }
        }
    }

    private void addBlock(int block, byte[] s, int at, int stride) {
        Vp8Transform.addDct(coefficients, 16 * block, s, at, stride);
    }

    private void filter() {
        for (int mbY = 0; mbY < mbsDown; mbY++) {
            for (int mbX = 0; mbX < mbsAcross; mbX++) {
                int index = mbY * mbsAcross + mbX;
                if (filters[index].limit() == 0) {
                    continue;
                }
                if (header.simpleFilter()) {
                    Vp8LoopFilter.simple(planes[0], mbX, mbY, filters[index], filtersInside[index]);
                } else {
                    Vp8LoopFilter.normal(planes, mbX, mbY, filters[index], filtersInside[index]);
                }
            }
        }
    }
}
