package io.oodmonitor.image;

/**
 * What a VP8 key frame says before its macroblocks (RFC 6386, chapter 9): segments, filter, quantisers, probabilities.
 *
 * @param partitions           bits of each row's coefficients, rows taking turns
 * @param segmented            whether each macroblock names its segment
 * @param segmentProbabilities of the tree of segment numbers
 * @param filter               by segment and whether the macroblock is predicted in 4 x 4 blocks
 * @param quantisers           by segment
 * @param coefficients         probabilities by plane, band, context and node
 * @param skipProbability      that a macroblock has coefficients; -1 if they all have
 */
record Vp8Header(Vp8Bits[] partitions, boolean segmented, int[] segmentProbabilities, boolean simpleFilter,
        Vp8LoopFilter.Strength[][] filter, Quantiser[] quantisers, int[] coefficients, int skipProbability) {
    private static final int SEGMENTS = 4;
    private static final int FRAME_HEADER = 10;

    /** Factors of the first coefficient and the others: of luma, of its second order, of chroma. */
    record Quantiser(int lumaDc, int lumaAc, int secondDc, int secondAc, int chromaDc, int chromaAc) {
    }

    /** The first partition of a frame. */
    static Bytes firstPartition(Bytes frame) throws ImageRejectedException {
        int length = frame.u24LittleEndian(0) >>> 5;
        if (length > frame.length() - FRAME_HEADER) {
            throw ImageRejectedException.corrupt("the WebP file's first partition is longer than its bit stream");
        }
        return frame.slice(FRAME_HEADER, length);
    }

    /** Reads from the first partition; the bits of the macroblocks' modes follow. */
    static Vp8Header read(Bytes frame, Vp8Bits bits) throws ImageRejectedException {
        bits.number(2); // colour space and clamping: hints
        boolean segments = bits.flag();
        boolean updatesMap = false;
        boolean absolute = true;
        int[] quantiserChange = new int[SEGMENTS];
        int[] filterChange = new int[SEGMENTS];
        int[] segmentProbabilities = {255, 255, 255};
        if (segments) {
            updatesMap = bits.flag();
            if (bits.flag()) {
                absolute = bits.flag();
                for (int i = 0; i < SEGMENTS; i++) {
                    quantiserChange[i] = bits.optionalSigned(7);
                }
                for (int i = 0; i < SEGMENTS; i++) {
                    filterChange[i] = bits.optionalSigned(6);
                }
            }
            for (int i = 0; updatesMap && i < 3; i++) {
                segmentProbabilities[i] = bits.flag() ? bits.number(8) : 255;
            }
        }
        boolean simpleFilter = bits.flag();
        int level = bits.number(6);
        int sharpness = bits.number(3);
        int[] intraChange = filterChanges(bits);
        Vp8LoopFilter.Strength[][] filter = new Vp8LoopFilter.Strength[SEGMENTS][2];
        for (int i = 0; i < SEGMENTS; i++) {
            int base = segments ? filterChange[i] + (absolute ? 0 : level) : level;
            for (int blocks = 0; blocks < 2; blocks++) {
                // A frame's level of 0 turns the filter off, whatever its segments say.
                filter[i][blocks] = level == 0 ? Vp8LoopFilter.Strength.NONE
                        : Vp8LoopFilter.Strength.of(base + intraChange[blocks], sharpness);
            }
        }
        Vp8Bits[] partitions = partitions(frame, 1 << bits.number(2));
        Quantiser[] quantisers = quantisers(bits, segments, absolute, quantiserChange);
        bits.flag(); // whether later frames keep the probabilities: there are none
        int[] coefficients = Vp8Tables.COEFFICIENT_PROBABILITIES.clone();
        for (int i = 0; i < coefficients.length; i++) {
            if (bits.bit(Vp8Tables.COEFFICIENT_UPDATE_PROBABILITIES[i]) != 0) {
                coefficients[i] = bits.number(8);
            }
        }
        int skipProbability = bits.flag() ? bits.number(8) : -1;
        return new Vp8Header(partitions, updatesMap, segmentProbabilities, simpleFilter, filter, quantisers,
                coefficients, skipProbability);
    }

    /** What is added to the filter level of macroblocks predicted as a whole, and in blocks. */
    private static int[] filterChanges(Vp8Bits bits) {
        int[] changes = new int[8];
        if (bits.flag() && bits.flag()) {
            for (int i = 0; i < changes.length; i++) {
                changes[i] = bits.optionalSigned(6);
            }
        }
        return new int[] {changes[0], changes[0] + changes[4]};
    }

    private static Vp8Bits[] partitions(Bytes frame, int count) throws ImageRejectedException {
        int sizes = FRAME_HEADER + firstPartition(frame).length();
        int at = sizes + 3 * (count - 1);
        Vp8Bits[] partitions = new Vp8Bits[count];
        for (int i = 0; i < count; i++) {
            int length = i < count - 1 ? frame.u24LittleEndian(sizes + 3 * i) : frame.length() - at;
            if (length < 0 || length > frame.length() - at) {
                throw ImageRejectedException.corrupt("the WebP file's partitions are longer than its bit stream");
            }
            partitions[i] = new Vp8Bits(frame.slice(at, length));
            at += length;
        }
        return partitions;
    }

    private static Quantiser[] quantisers(Vp8Bits bits, boolean segments, boolean absolute, int[] change) {
        int base = bits.number(7);
        int lumaDc = bits.optionalSigned(4);
        int secondDc = bits.optionalSigned(4);
        int secondAc = bits.optionalSigned(4);
        int chromaDc = bits.optionalSigned(4);
        int chromaAc = bits.optionalSigned(4);
        Quantiser[] quantisers = new Quantiser[SEGMENTS];
        for (int i = 0; i < SEGMENTS; i++) {
            int q = segments ? change[i] + (absolute ? 0 : base) : base;
            quantisers[i] = new Quantiser(factor(Vp8Tables.DC_FACTORS, q + lumaDc, 127),
                    factor(Vp8Tables.AC_FACTORS, q, 127),
                    factor(Vp8Tables.DC_FACTORS, q + secondDc, 127) * 2,
                    Math.max(8, factor(Vp8Tables.AC_FACTORS, q + secondAc, 127) * 155 / 100),
                    factor(Vp8Tables.DC_FACTORS, q + chromaDc, 117),
                    factor(Vp8Tables.AC_FACTORS, q + chromaAc, 127));
        }
        return quantisers;
    }

    private static int factor(int[] factors, int index, int most) {
        return factors[Math.max(0, Math.min(most, index))];
    }
}
