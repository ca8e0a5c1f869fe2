package io.oodmonitor.image;

/**
 * A scan of a progressive JPEG file (T.81, annex G): some of the coefficients, some of their bits. They are kept until
 * all scans are read.
 */
final class JpegProgressiveScan extends JpegScan {
    private final int first;
    private final int last;
    private final int low;
    private final BlockDecoder decoder;
    /** Blocks still to come that this scan has nothing for. */
    private int emptyBlocks;

    /**
     * @param first first coefficient of the band, in zigzag order
     * @param last  last coefficient of the band
     * @param high  0 in the first scan of a band, then the bit position of the scan before
     * @param low   bit position
     */
    JpegProgressiveScan(JpegComponent.Geometry frame, JpegComponent[] components, int first, int last, int high,
            int low, int restartInterval, JpegBits bits) throws ImageRejectedException {
        super(frame, components, restartInterval, bits);
        this.first = first;
        this.last = last;
        this.low = low;
        boolean refines = high != 0;
        boolean validBand = first == 0 ? last == 0 : last >= first && last < 64 && components.length == 1;
        if (!(validBand && low <= 13 && (!refines || low == high - 1))) {
            throw ImageRejectedException.corrupt("a progressive JPEG scan cannot bring coefficients " + first + " to "
                    + last + ", bits " + high + " to " + low);
        }
        requireTables(components, first == 0 && !refines, first > 0);
        if (first == 0) {
            this.decoder = refines ? this::refineDc : this::firstDc;
        } else {
            this.decoder = refines ? this::refineAc : this::firstAc;
        }
    }

    private interface BlockDecoder {
        void decode(JpegComponent component, int blockRow, int blockColumn) throws ImageRejectedException;
    }

    @Override
    void decodeBlock(JpegComponent component, int row, int column) throws ImageRejectedException {
        decoder.decode(component, row, column);
    }

    @Override
    void reset() {
        super.reset();
        emptyBlocks = 0;
    }

    private void firstDc(JpegComponent component, int row, int column) throws ImageRejectedException {
        component.lastDc += dcDifference(component);
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
            throw tooManyCoefficients();
        }
        return NATURAL[k];
    }
}
