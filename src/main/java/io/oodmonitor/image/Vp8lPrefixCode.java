package io.oodmonitor.image;

import java.util.Arrays;

/** A canonical prefix code of VP8L (RFC 9649, 3.7.2): symbols of up to 15 bits. */
final class Vp8lPrefixCode {
    private static final int LONGEST = 15;
    /** Codes of up to this many bits are looked up in one step. */
    private static final int MOST_LOOKUP_BITS = 8;
    private static final char LONGER = 0xFFFF;
    /** Three arrays by length, and what Java keeps of six objects. */
    private static final int FIXED_BYTES = 3 * 4 * (LONGEST + 2) + 6 * 16;
    /** The order in which the lengths of the code for code lengths come. */
    private static final int[] LENGTH_ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    private final int lookupBits;
    /** By the next lookupBits bits: symbol << 4 | length, or LONGER. Unsigned: symbols go up to 2,327. */
    private final char[] lookup;
    /** By length: the first code (most significant bit first) and the index of its symbol. */
    private final int[] firstCode;
    private final int[] firstIndex;
    /** By length: how many codes. */
    private final int[] counts;
    private final short[] symbols;

    /** @param lengths by symbol, of as many as there are; it may be longer */
    private Vp8lPrefixCode(int[] lengths, int alphabetSize) throws ImageRejectedException {
        int[] counts = new int[LONGEST + 1];
        int longest = 0;
        for (int symbol = 0; symbol < alphabetSize; symbol++) {
            counts[lengths[symbol]]++;
            longest = Math.max(longest, lengths[symbol]);
        }
        counts[0] = 0;
        int[] firstCode = new int[LONGEST + 2];
        int[] firstIndex = new int[LONGEST + 2];
        for (int length = 1; length <= LONGEST; length++) {
            firstCode[length + 1] = firstCode[length] + counts[length] << 1;
            firstIndex[length + 1] = firstIndex[length] + counts[length];
        }
        int total = firstIndex[LONGEST + 1];
        // A code of one symbol takes no bits; every other has to leave no bit pattern without a meaning.
        if (total != 1 && firstCode[LONGEST + 1] != 1 << LONGEST + 1) {
            throw ImageRejectedException.corrupt("the WebP file has a prefix code that is not complete");
        }
        this.counts = counts;
        this.firstCode = firstCode;
        this.firstIndex = firstIndex;
        this.symbols = new short[total];
        int[] next = firstIndex.clone();
        for (int symbol = 0; symbol < alphabetSize; symbol++) {
            if (lengths[symbol] > 0) {
                symbols[next[lengths[symbol]]++] = (short) symbol;
            }
        }
        this.lookupBits = total == 1 ? 0 : Math.min(MOST_LOOKUP_BITS, longest);
        this.lookup = new char[1 << lookupBits];
        fillLookup();
    }

    private void fillLookup() {
        if (lookupBits == 0) {
            lookup[0] = (char) (symbols[0] << 4);
            return;
        }
        Arrays.fill(lookup, LONGER);
        for (int length = 1; length <= lookupBits; length++) {
            for (int i = 0; i < counts[length]; i++) {
                int reversed = Integer.reverse(firstCode[length] + i) >>> 32 - length;
                char entry = (char) (symbols[firstIndex[length] + i] << 4 | length);
                for (int at = reversed; at < lookup.length; at += 1 << length) {
                    lookup[at] = entry;
                }
            }
        }
    }

    /**
     * Reads the code's definition.
     *
     * @param lengths memory for as many numbers as there are symbols, or more
     */
    static Vp8lPrefixCode read(Vp8lBits bits, int alphabetSize, int[] lengths) throws ImageRejectedException {
        Arrays.fill(lengths, 0, alphabetSize, 0);
        if (bits.flag()) {
            int count = 1 + bits.read(1);
            int symbolBits = bits.flag() ? 8 : 1;
            for (int i = 0; i < count; i++) {
                int symbol = bits.read(i == 0 ? symbolBits : 8);
                if (symbol >= alphabetSize) {
                    throw beyondAlphabet(symbol, alphabetSize);
                }
                lengths[symbol] = 1;
            }
        } else {
            readLengths(bits, lengths, alphabetSize);
        }
        bits.requireEnough();
        return new Vp8lPrefixCode(lengths, alphabetSize);
    }

    private static void readLengths(Vp8lBits bits, int[] lengths, int alphabetSize) throws ImageRejectedException {
        int[] lengthLengths = new int[LENGTH_ORDER.length];
        int given = 4 + bits.read(4);
        for (int i = 0; i < given; i++) {
            lengthLengths[LENGTH_ORDER[i]] = bits.read(3);
        }
        Vp8lPrefixCode code = new Vp8lPrefixCode(lengthLengths, lengthLengths.length);
        int left = alphabetSize;
        if (bits.flag()) {
            int leftBits = 2 + 2 * bits.read(3);
            left = 2 + bits.read(leftBits);
        }
        int last = 8;
        for (int symbol = 0; symbol < alphabetSize && left-- > 0;) {
            int length = code.decode(bits);
            if (length < 16) {
                lengths[symbol++] = length;
                last = length == 0 ? last : length;
                continue;
            }
            int repeated = length == 16 ? last : 0;
            int times = length == 16 ? 3 + bits.read(2) : length == 17 ? 3 + bits.read(3) : 11 + bits.read(7);
            if (times > alphabetSize - symbol) {
                throw beyondAlphabet(symbol + times - 1, alphabetSize);
            }
            Arrays.fill(lengths, symbol, symbol + times, repeated);
            symbol += times;
        }
    }

    /** About what it takes of memory. */
    int bytes() {
        return FIXED_BYTES + Character.BYTES * lookup.length + Short.BYTES * symbols.length;
    }

    private static ImageRejectedException beyondAlphabet(int symbol, int alphabetSize) {
        return ImageRejectedException.corrupt("the WebP file has a prefix code with symbol " + symbol + ", but only "
                + alphabetSize + " symbols");
    }

    int decode(Vp8lBits bits) {
        int next = bits.peek();
        int entry = lookup[next & lookup.length - 1];
        if (entry != LONGER) {
            bits.skip(entry & 15);
            return entry >> 4;
        }
        int code = Integer.reverse(next) >>> 32 - lookupBits;
        for (int length = lookupBits + 1;; length++) {
            code = code << 1 | next >>> length - 1 & 1;
            int offset = code - firstCode[length];
            if (offset < counts[length]) {
                bits.skip(length);
                return symbols[firstIndex[length] + offset];
            }
        }
    }
}
