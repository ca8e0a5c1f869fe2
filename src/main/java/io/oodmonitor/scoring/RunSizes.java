package io.oodmonitor.scoring;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sizes at which one network is run: those of its shapes that its device has the memory for. Thread-safe. */
final class RunSizes {

    private static final Logger LOG = LoggerFactory.getLogger(RunSizes.class);

    private final BatchShapes shapes;
    private final int batchSize;
    private int largest;

    RunSizes(BatchShapes shapes, int batchSize) {
        this.shapes = shapes;
        this.batchSize = batchSize;
        this.largest = batchSize;
    }

    /** The most images to run at once. */
    synchronized int largest() {
        return largest;
    }

    /** The size to run so many images at, of which there are no more than {@link #largest}. */
    synchronized int atLeast(int images) {
        return Math.max(images, Math.min(shapes.atLeast(images, batchSize), largest));
    }

    /** The device had no memory for a run of this size: never again so large. */
    synchronized void tooLarge(int size) {
        int smaller = Math.max(1, BatchShapes.below(size));
        if (smaller < largest) {
            largest = smaller;
            LOG.warn("The device has no memory for {} images at once: from now on at most {}", size, smaller);
        }
    }

    /**
     * The sizes that will be run, to be warmed up in this order. The largest first: what is planned for it (TensorRT's
     * engines cover a range of sizes) serves the others. Where any size may come, the two ends stand for all.
     */
    List<Integer> all() {
        List<Integer> sizes = new ArrayList<>(List.of(batchSize));
        int size = 1;
        while (size < batchSize) {
            int run = shapes.atLeast(size, batchSize);
            if (!sizes.contains(run)) {
                sizes.add(run);
            }
            size = shapes == BatchShapes.EXACT ? batchSize : run + 1;
        }
        return sizes;
    }
}
