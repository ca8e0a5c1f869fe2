package io.oodmonitor.image;

import java.util.Arrays;

/**
 * One scan of a JPEG file (T.81, annexes F and G): some components, some of their coefficients, some of their bits.
 * Used once, by one thread.
 */
final class JpegScan {
    /** Position in zigzag order to position in natural order. */
    static final int[] NATURAL = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
        14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53,
        60, 61, 54, 47, 55, 62, 63};

    private final JpegComponent.Geometry frame;
    private final JpegComponent[] components;
    private final int first;
    private final int last;
    private final int low;
    private final int restartInterval;
    private final JpegBits bits;
    private final BlockDecoder decoder;
    private final short[] block = new short[64];
    /** Blocks still to come that this scan has nothing for. */
    private int emptyBlocks;

    /**
     * @param first           first coefficient of the band, in zigzag order
     * @param last            last coefficient of the band
     * @param high            0 in the first scan of a band, then the bit position of the scan before
     * @param low             bit position
     * @param restartInterval MCUs between restart markers, 0 for none
     */
    JpegScan(JpegComponent.Geometry frame, JpegComponent[] components, int first, int last, int high, int low,
            int restartInterval, JpegBits bits) throws ImageRejectedException {
        this.frame = frame;
        this.components = components;
        this.first = first;
        this.last = last;
        this.low = low;
        this.restartInterval = restartInterval;
        this.bits = bits;
        boolean refines = high != 0;
        if (!frame.progressive()) {
            this.decoder = this::sequential;
        } else if (first == 0) {
            this.decoder = refines ? this::refineDc : this::firstDc;
        } else {
            this.decoder = refines ? this::refineAc : this::firstAc;
        }
        boolean validBand = first == 0 ? last == 0 : last >= first && last < 64 && components.length == 1;
        if (frame.progressive() && !(validBand && low <= 13 && (!refines || low == high - 1))) {
            throw ImageRejectedException.corrupt("a progressive JPEG scan cannot bring coefficients " + first + " to "
                    + last + ", bits " + high + " to " + low);
        }
        boolean needsDc = first == 0 && !refines || !frame.progressive();
        boolean needsAc = first > 0 || !frame.progressive();
        for (JpegComponent component : components) {
            if (component.quant == null || needsDc && component.dc == null || needsAc && component.ac == null) {
                throw ImageRejectedException.corrupt("a JPEG scan uses a table that the file has not defined");
            }
            component.seen |= needsDc;
        }
    }

    private interface BlockDecoder {
        void decode(JpegComponent component, int blockRow, int blockColumn) throws ImageRejectedException;
    }

    void decode() throws ImageRejectedException {
        reset();
        if (components.length == 1) {
            decodeAlone(components[0]);
        } else {
            decodeInterleaved();
        }
        bits.requireEnough();
    }

    private void decodeAlone(JpegComponent component) throws ImageRejectedException {
        int done = 0;
        for (int row = 0; row < component.blocksDown; row++) {
            for (int column = 0; column < component.blocksAcross; column++) {
                restartAfter(done++);
                decoder.decode(component, row, column);
            }
            bits.requireEnough();
        }
    }

    private void decodeInterleaved() throws ImageRejectedException {
        int done = 0;
        for (int mcuRow = 0; mcuRow < frame.mcusDown(); mcuRow++) {
            for (int mcuColumn = 0; mcuColumn < frame.mcusAcross(); mcuColumn++) {
                restartAfter(done++);
                for (JpegComponent component : components) {
                    int top = mcuRow * component.down;
                    int left = mcuColumn * component.across;
                    for (int i = 0; i < component.down; i++) {
                        for (int j = 0; j < component.across; j++) {
                            decoder.decode(component, top + i, left + j);
                        }
                    }
                }
            }
            bits.requireEnough();
        }
    }

    private void restartAfter(int done) throws ImageRejectedException {
        if (restartInterval > 0 && done > 0 && done % restartInterval == 0) {
            bits.restart((done / restartInterval - 1) & 7);
            reset();
        }
    }

    private void reset() {
        emptyBlocks = 0;
        for (JpegComponent component : components) {
            component.lastDc = 0;
        }
    }

    private void sequential(JpegComponent component, int row, int column) throws ImageRejectedException {
        short[] to = block;
        int dc = component.lastDc += bits.readSigned(magnitude(component.dc.decode(bits)));
        JpegHuffmanTable ac = component.ac;
        boolean flat = true;
        for (int k = 1; k < 64; k++) {
            int symbol = ac.decode(bits);
            int size = symbol & 15;
            k += symbol >> 4;
            if (size != 0) {
                if (flat) {
                    Arrays.fill(to, (short) 0);
                    flat = false;
                }
                to[natural(k)] = (short) bits.readSigned(size);
            } else if (symbol != 0xF0) {
                break;
            }
        }
        int at = component.samplesAt(row, column);
        if (flat) {
            InverseDct.transformFlat((short) dc, component.quant[0], component.samples, at, component.stride);
        } else {
            to[0] = (short) dc;
            InverseDct.transform(to, 0, component.quant, component.samples, at, component.stride);
        }
    }

    private void firstDc(JpegComponent component, int row, int column) throws ImageRejectedException {
        component.lastDc += bits.readSigned(magnitude(component.dc.decode(bits)));
        component.coefficients[component.coefficientsAt(row, column)] = (short) (component.lastDc << low);
    }

    private void refineDc(JpegComponent component, int row, int column) {
        if (bits.readBit() != 0) {
            component.coefficients[component.coefficientsAt(row, column)] |= (short) (1 << low);
        }
    }

    private void firstAc(JpegComponent component, int row, int column) throws ImageRejectedException {
        if (emptyBlocks > 0) {
            emptyBlocks--;
            return;
        }
        int at = component.coefficientsAt(row, column);
        for (int k = first; k <= last; k++) {
            int symbol = component.ac.decode(bits);
            int run = symbol >> 4;
            int size = symbol & 15;
            if (size != 0) {
                k += run;
                component.coefficients[at + natural(k)] = (short) (bits.readSigned(size) << low);
            } else if (run == 15) {
                k += 15;
            } else {
                emptyBlocks = (1 << run) + bits.read(run) - 1;
                break;
            }
        }
    }

    private void refineAc(JpegComponent component, int row, int column) throws ImageRejectedException {
        short[] to = component.coefficients;
        int at = component.coefficientsAt(row, column);
        int k = first;
        if (emptyBlocks == 0) {
            for (; k <= last; k++) {
                int symbol = component.ac.decode(bits);
                int run = symbol >> 4;
                int value = 0;
                if ((symbol & 15) != 0) {
                    value = bits.readBit() != 0 ? 1 << low : -1 << low;
                } else if (run < 15) {
                    emptyBlocks = (1 << run) + bits.read(run);
                    break;
                }
                k = refine(to, at, k, run);
                if (value != 0) {
                    to[at + natural(k)] = (short) value;
                }
            }
        }
        if (emptyBlocks > 0) {
            refine(to, at, k, 64);
            emptyBlocks--;
        }
    }

    /** Gives nonzero coefficients from k on one more bit, up to the zero after {@code zeros} others; where that is. */
    private int refine(short[] to, int at, int k, int zeros) {
        int bit = 1 << low;
        for (; k <= last; k++) {
            int i = at + NATURAL[k];
            if (to[i] == 0) {
                if (--zeros < 0) {
                    break;
                }
            } else if (bits.readBit() != 0 && (to[i] & bit) == 0) {
                to[i] += (short) (to[i] >= 0 ? bit : -bit);
            }
        }
        return k;
    }

    private static int natural(int k) throws ImageRejectedException {
        if (k > 63) {
            throw ImageRejectedException.corrupt("the JPEG file has a block of more than 64 coefficients");
        }
        return NATURAL[k];
    }

    private static int magnitude(int symbol) throws ImageRejectedException {
        if (symbol > 15) {
            throw ImageRejectedException.corrupt("the JPEG file has a coefficient of " + symbol + " bits");
        }
        return symbol;
    }
}
