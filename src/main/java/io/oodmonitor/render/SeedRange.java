package io.oodmonitor.render;

/**
 * Disjoint ranges of seeds, one for each use of the renderer, so that no picture is seen twice: what the network learned
 * from is not what it is judged by, and the demo shows neither.
 */
public enum SeedRange {
    /** What the network's weights were learned from. */
    TRAINING,
    /** What architecture, training length and sparsity were chosen by. */
    VALIDATION,
    /** What the figures of the model card were measured on, once. */
    TEST,
    /** What the bundle's feature means and its fitted threshold come from. */
    FIT,
    /** The labelled images that the demo calibrates with. */
    CALIBRATION,
    /** The demo's live stream. */
    DEMO;

    private static final int BITS = 48;

    /** How many seeds a range holds. */
    public static final long SIZE = 1L << BITS;

    /** The first seed of this range. */
    public long base() {
        return (ordinal() + 1L) << BITS;
    }

    /** The seed at {@code index} of this range, from 0 to {@link #SIZE} - 1. */
    public long seed(long index) {
        if (index < 0 || index >= SIZE) {
            throw new IllegalArgumentException(
                    "index of a seed must be from 0 to " + (SIZE - 1) + ", but is " + index);
        }
        return base() + index;
    }
}
