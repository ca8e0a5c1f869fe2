package io.oodmonitor.scoring;

/** A network that scores images in place. Thread-safe: several lanes run it at once, each on its own batch. */
public interface Network extends AutoCloseable {

    /** Rows of an input image. */
    int height();

    /** Columns of an input image. */
    int width();

    /** Penultimate features that each run gives beside the scores; 0 where nobody asked for them. */
    int features();

    /**
     * Scores images [from, to) of the batch into its result buffers.
     *
     * @throws NetworkException if the run failed, for whatever reason; the results are then undefined
     */
    void run(Batch batch, int from, int to) throws NetworkException;

    @Override
    void close();
}
