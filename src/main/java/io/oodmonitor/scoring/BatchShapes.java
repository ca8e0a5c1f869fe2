package io.oodmonitor.scoring;

/**
 * At which batch sizes a network is run. A batch with fewer images is filled up with whatever its memory holds, whose
 * results nobody reads.
 */
public enum BatchShapes {

    /** At whatever size a batch has: on a CPU a larger run only costs time. */
    EXACT {
        @Override
        int atLeast(int images, int batchSize) {
            return images;
        }
    },

    /**
     * At powers of two and at the full batch size: on a GPU algorithms are searched and memory is planned anew for each
     * size not seen before.
     */
    POWERS_OF_TWO {
        @Override
        int atLeast(int images, int batchSize) {
            return Math.min(batchSize, below(2 * images));
        }
    },

    /** At the full batch size only: how many others there are then changes no bit of an image's score. */
    FULL {
        @Override
        int atLeast(int images, int batchSize) {
            return batchSize;
        }
    };

    /** The smallest size that holds so many images, from 1 to the batch size. */
    abstract int atLeast(int images, int batchSize);

    /** The largest power of two below a size, which must be 2 at least. */
    static int below(int size) {
        return Integer.highestOneBit(size - 1);
    }
}
