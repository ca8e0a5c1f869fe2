package io.oodmonitor.image;

/** A Huffman code as a JPEG file defines it (T.81, annex C and F.2.2.3). */
final class JpegHuffmanTable {
    /** Codes of up to this many bits are looked up in one step; they are nearly all that occur. */
    static final int LOOKUP_BITS = 9;
    /** Most codes are so short that their value fits in too. */
    static final int STEP_BITS = 10;
    /** Further than any coefficient. */
    static final int BLOCK_END = 128;
    private static final int LONGEST = 16;

    /** By the next LOOKUP_BITS bits: length << 8 | symbol, or 0 where the code is longer. */
    private final short[] lookup = new short[1 << LOOKUP_BITS];
    /** By length: the first number that is no code of this length, aligned to 16 bits. */
    private final int[] end = new int[LONGEST + 1];
    /** By length: what to add to a code of this length to find its symbol. */
    private final int[] offset = new int[LONGEST + 1];
    /** 16 counts, then the symbols. */
    private final byte[] definition;
    /** Made when it is first needed. */
    private int[] steps;

    private JpegHuffmanTable(byte[] definition) {
        this.definition = definition;
    }

    /** Whether {@link #read} would make the same table. */
    boolean isReadFrom(Bytes segment) {
        return segment.startsWith(definition);
    }

    /** Reads 16 counts and the symbols after them. */
    static JpegHuffmanTable read(Bytes segment) throws ImageRejectedException {
        int total = 0;
        for (int length = 1; length <= LONGEST; length++) {
            total += segment.u8(length - 1);
        }
        if (total > 256) {
            throw ImageRejectedException.corrupt("a JPEG Huffman table has " + total + " codes, but may have 256");
        }
        byte[] definition = segment.copy(0, LONGEST + total);
        JpegHuffmanTable table = new JpegHuffmanTable(definition);
        int code = 0;
        int index = LONGEST;
        for (int length = 1; length <= LONGEST; length++) {
            int count = segment.u8(length - 1);
            table.offset[length] = index - code;
            if (code + count > 1 << length) {
                throw ImageRejectedException.corrupt("a JPEG Huffman table has too many codes of " + length + " bits");
            }
            for (int i = 0; i < count; i++, code++, index++) {
                table.enter(code, length, definition[index]);
            }
            table.end[length] = code << LONGEST - length;
            code <<= 1;
        }
        return table;
    }

    /** How many bytes {@link #read} takes. */
    int bytes() {
        return definition.length;
    }

    private void enter(int code, int length, byte symbol) {
        if (length <= LOOKUP_BITS) {
            int spare = LOOKUP_BITS - length;
            short entry = (short) (length << 8 | symbol & 0xFF);
            for (int i = 0; i < 1 << spare; i++) {
                lookup[code << spare | i] = entry;
            }
        }
    }

    /** The next symbol, 0 to 255. */
    int decode(JpegBits bits) throws ImageRejectedException {
        int next = bits.peek16();
        int entry = lookup[next >>> LONGEST - LOOKUP_BITS];
        if (entry != 0) {
            bits.skip(entry >>> 8);
            return entry & 0xFF;
        }
        for (int length = LOOKUP_BITS + 1; length <= LONGEST; length++) {
            if (next < end[length]) {
                bits.skip(length);
                return definition[(next >>> LONGEST - length) + offset[length]] & 0xFF;
            }
        }
        throw ImageRejectedException.corrupt("the JPEG file has a bit pattern that is no Huffman code");
    }

    /**
     * What the next {@link #STEP_BITS} bits say of a sequential block's coefficients, for each value of these bits:
     * how many of them are used (bits 0 to 7), how far it is to the coefficient (bits 8 to 15), and its value (bits 16
     * to 31). A value of 0 is a run of 16 zeros or, {@link #BLOCK_END} away, the block's end. No bit is used where they
     * do not hold all of a code and its value.
     */
    int[] steps() {
        if (steps == null) {
            steps = new int[1 << STEP_BITS];
            for (int i = 0; i < steps.length; i++) {
                int code = lookup[i >>> STEP_BITS - LOOKUP_BITS];
                int length = code >>> 8;
                int size = code & 15;
                if (code != 0 && length + size <= STEP_BITS) {
                    int value = i >>> STEP_BITS - length - size & (1 << size) - 1;
                    steps[i] = step(code & 0xFF, JpegBits.signed(value, size)) | length + size;
                }
            }
        }
        return steps;
    }

    /** An entry of {@link #steps} without the number of bits. */
    static int step(int symbol, int value) {
        boolean ends = (symbol & 15) == 0 && symbol != 0xF0;
        return value << 16 | (ends ? BLOCK_END : (symbol >> 4) + 1) << 8;
    }
}
