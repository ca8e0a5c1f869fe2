package io.oodmonitor.image;

/**
 * Memory that a thread uses again from image to image, so that decoding allocates little beside its result. Each array
 * is kept only up to {@link #MOST_KEPT} bytes: one huge image does not hold its memory for ever. Contents are whatever
 * was left there.
 */
final class Scratch {
    /** A plane of a 1920 x 1088 image; four such arrays a thread make 8 MiB. */
    static final int MOST_KEPT = 2 << 20;

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final byte[][] planes = new byte[4][0];
    private final JpegHuffmanTable[] tables = new JpegHuffmanTable[8];

    private Scratch() {
    }

    static Scratch ofThread() {
        return OF_THREAD.get();
    }

    /** At least {@code length} bytes for the samples of component {@code index}, 0 to 3. */
    byte[] plane(int index, int length) {
        if (planes[index].length >= length) {
            return planes[index];
        }
        byte[] plane = new byte[length];
        if (length <= MOST_KEPT) {
            planes[index] = plane;
        }
        return plane;
    }

    /**
     * The Huffman table that a segment starts with: the one of the image before where it is the same, as it nearly
     * always is with files of one writer.
     *
     * @param destination 0 to 7
     */
    JpegHuffmanTable table(int destination, Bytes segment) throws ImageRejectedException {
        JpegHuffmanTable table = tables[destination];
        if (table == null || !table.isReadFrom(segment)) {
            table = JpegHuffmanTable.read(segment);
            tables[destination] = table;
        }
        return table;
    }
}
