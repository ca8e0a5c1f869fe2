package io.oodmonitor.dataset;

import java.io.IOException;

/**
 * Images in one file, each in as many bytes.
 *
 * @param first       the byte where the first begins
 * @param recordBytes bytes of each
 * @param pixels      where in these the red plane begins
 * @param size        how many
 */
record CifarBatch(ByteSource source, long first, int recordBytes, int pixels, long size, Labels labels) {

    /** The label of an image, from its number in the file or from its bytes. */
    @FunctionalInterface
    interface Labels {
        int of(long index, byte[] record);
    }

    /** A file of the binary version. */
    static CifarBatch binary(ByteSource source, CifarLayout layout) throws IOException {
        if (source.size() % layout.recordBytes() != 0) {
            throw new IOException(layout.title() + " file " + source.place() + " must have records of "
                    + layout.recordBytes() + " bytes, but has " + source.size() + " bytes");
        }
        int label = layout.labelBytes() - 1;
        return new CifarBatch(source, 0, layout.recordBytes(), layout.labelBytes(),
                source.size() / layout.recordBytes(), (index, record) -> record[label] & 0xff);
    }

    /** A file of the Python version. */
    static CifarBatch pickled(ByteSource source, CifarLayout layout) throws IOException {
        PickledBatch batch = PickledBatch.read(source, layout);
        int[] labels = batch.labels();
        return new CifarBatch(batch.images(), batch.first(), CifarLayout.IMAGE_BYTES, 0, labels.length,
                (index, record) -> labels[(int) index]);
    }
}
