package io.oodmonitor.image;

/**
 * One scan of a JPEG file (T.81, annexes F and G): which blocks it brings, in which order, between which restart
 * markers. Used once, by one thread.
 */
abstract class JpegScan {
    /** Position in zigzag order to position in natural order. */
    static final int[] NATURAL = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
        14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53,
        60, 61, 54, 47, 55, 62, 63};

    final JpegComponent[] components;
    final JpegBits bits;
    private final JpegComponent.Geometry frame;
    private final int restartInterval;

    /** @param restartInterval MCUs between restart markers, 0 for none */
    JpegScan(JpegComponent.Geometry frame, JpegComponent[] components, int restartInterval, JpegBits bits) {
        this.frame = frame;
        this.components = components;
        this.restartInterval = restartInterval;
        this.bits = bits;
    }

    abstract void decodeBlock(JpegComponent component, int row, int column) throws ImageRejectedException;

    /** Forgets what earlier blocks said of those to come. */
    void reset() {
        for (JpegComponent component : components) {
            component.lastDc = 0;
        }
    }

    /** Checks that what the scan needs is there. */
    static void requireTables(JpegComponent[] components, boolean dc, boolean ac) throws ImageRejectedException {
        for (JpegComponent component : components) {
            if (component.quant == null || dc && component.dc == null || ac && component.ac == null) {
                throw ImageRejectedException.corrupt("a JPEG scan uses a table that the file has not defined");
            }
            component.seen |= dc;
        }
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
                decodeBlock(component, row, column);
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
                            decodeBlock(component, top + i, left + j);
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

    /** The next block average's difference from the one before. */
    int dcDifference(JpegComponent component) throws ImageRejectedException {
        int size = component.dc.decode(bits);
        if (size > 15) {
            throw ImageRejectedException.corrupt("the JPEG file has a coefficient of " + size + " bits");
        }
        return bits.readSigned(size);
    }

    static ImageRejectedException tooManyCoefficients() {
        return ImageRejectedException.corrupt("the JPEG file has a block of more than 64 coefficients");
    }
}
