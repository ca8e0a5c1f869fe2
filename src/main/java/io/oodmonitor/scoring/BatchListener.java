package io.oodmonitor.scoring;

/** Is told of every batch by the lane that scored it: it must be quick, and thread-safe. */
@FunctionalInterface
public interface BatchListener {

    /** Listens to nothing. */
    BatchListener NONE = (images, waitNanos, networkNanos) -> { };

    /**
     * A batch was scored, whole or in parts.
     *
     * @param images       in it
     * @param waitNanos    since its first image got a slot, until a lane took it
     * @param networkNanos since then, runs that failed and were tried again among it
     */
    void scored(int images, long waitNanos, long networkNanos);
}
