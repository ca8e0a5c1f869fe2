package io.oodmonitor.image;

/**
 * One component (a colour channel) of a JPEG frame: its geometry, its samples and, while it is being read, the state of
 * the entropy decoder. Not thread-safe.
 */
final class JpegComponent {
    final Geometry frame;
    final int id;
    /** Sampling factors: blocks of this component in an MCU, across and down. */
    final int across;
    final int down;
    final int quantTable;
    /** Samples that belong to the image. */
    final int width;
    final int height;
    /** Blocks that belong to the image. */
    final int blocksAcross;
    final int blocksDown;
    /** Samples from one row to the next: whole MCUs. */
    final int stride;
    /** Every sample of the image, or of what is seen of it, is written before it is read. */
    byte[] samples;
    private Window seenBlocks;
    /** Progressive only, else null: 64 coefficients a block, whole MCUs, in natural order. */
    short[] coefficients;

    /** Dequantisation factors in natural order, those that hold when the component's first scan starts. */
    int[] quant;
    /** By position in zigzag order: the factor << 6 | the position in natural order. */
    int[] factors;
    JpegHuffmanTable dc;
    JpegHuffmanTable ac;
    int lastDc;
    /** Whether a scan has brought the block averages, without which there is no image. */
    boolean seen;

    JpegComponent(Geometry frame, int id, int across, int down, int quantTable) {
        this.id = id;
        this.across = across;
        this.down = down;
        this.quantTable = quantTable;
        this.frame = frame;
        this.width = ceilDiv((long) frame.width * across, frame.mostAcross);
        this.height = ceilDiv((long) frame.height * down, frame.mostDown);
        this.blocksAcross = ceilDiv(width, 8);
        this.blocksDown = ceilDiv(height, 8);
        this.stride = frame.mcusAcross() * across * 8;
    }

    /** Takes memory; each component of a file has an index of its own. */
    void allocate(int index) {
        int length = Math.multiplyExact(stride, frame.mcusDown() * down * 8);
        samples = Scratch.ofThread().plane(index, length);
        coefficients = frame.progressive ? new short[length] : null;
    }

    /** The first table that a component's scans find is the one that holds. */
    void dequantiseWith(int[] table) {
        if (quant == null && table != null) {
            quant = table;
            factors = new int[64];
            for (int k = 0; k < 64; k++) {
                factors[k] = table[JpegScan.NATURAL[k]] << 6 | JpegScan.NATURAL[k];
            }
        }
    }

    /** Restricts samples to the blocks that the window's pixels are made of; the others are left as they are. */
    void see(Window window) {
        // Upsampling takes a sample on each side.
        int top = (int) ((long) window.top() * down / frame.mostDown) - 1;
        int bottom = ceilDiv((long) window.bottom() * down, frame.mostDown) + 1;
        int left = (int) ((long) window.left() * across / frame.mostAcross) - 1;
        int right = ceilDiv((long) window.right() * across, frame.mostAcross) + 1;
        seenBlocks = new Window(Math.max(0, top >> 3), Math.min(blocksDown, ceilDiv(bottom, 8)),
                Math.max(0, left >> 3), Math.min(blocksAcross, ceilDiv(right, 8)));
    }

    boolean sees(int row, int column) {
        Window blocks = seenBlocks;
        return row >= blocks.top() && row < blocks.bottom() && column >= blocks.left() && column < blocks.right();
    }

    long blocks() {
        return (long) blocksAcross * blocksDown;
    }

    /** What all components of a frame share: the image's size and the largest sampling factors. */
    record Geometry(int height, int width, int mostAcross, int mostDown, boolean progressive) {
        int mcusAcross() {
            return ceilDiv(width, 8 * mostAcross);
        }

        int mcusDown() {
            return ceilDiv(height, 8 * mostDown);
        }
    }

    /** Index of a block's first coefficient. */
    int coefficientsAt(int blockRow, int blockColumn) {
        return (blockRow * (stride >> 3) + blockColumn) << 6;
    }

    /** Index of a block's top left sample. */
    int samplesAt(int blockRow, int blockColumn) {
        return blockRow * 8 * stride + blockColumn * 8;
    }

    /** Samples from the coefficients of all scans. */
    void transform() {
        int[] block = new int[64];
        for (int row = seenBlocks.top(); row < seenBlocks.bottom(); row++) {
            for (int column = seenBlocks.left(); column < seenBlocks.right(); column++) {
                int from = coefficientsAt(row, column);
                long filled = 0;
                for (int i = 0; i < 64; i++) {
                    int coefficient = coefficients[from + i];
                    if (coefficient != 0) {
                        block[i] = coefficient * quant[i];
                        filled |= 1L << i;
                    }
                }
                InverseDct.transform(block, filled, samples, samplesAt(row, column), stride);
            }
        }
        coefficients = null;
    }

    static int ceilDiv(long dividend, int divisor) {
        return (int) ((dividend + divisor - 1) / divisor);
    }
}
