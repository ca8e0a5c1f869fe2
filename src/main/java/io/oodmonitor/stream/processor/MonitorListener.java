package io.oodmonitor.stream.processor;

import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.scoring.BatchListener;
import io.oodmonitor.stream.prefetch.Reason;

/**
 * Is told what becomes of images, by the threads that do it: it must be quick, and thread-safe.
 *
 * <p>What it is told of was processed, not committed: where a transaction is aborted the same image comes again.
 */
public interface MonitorListener extends BatchListener {

    /** Listens to nothing. */
    MonitorListener NONE = new MonitorListener() {

        @Override
        public void scored(int images, long waitNanos, long networkNanos) {
            // Nobody wants to know.
        }

        @Override
        public void judged(OodScore verdict) {
            // Nobody wants to know.
        }

        @Override
        public void rejected(Reason reason) {
            // Nobody wants to know.
        }
    };

    /** An image got a verdict, and that was handed on. */
    void judged(OodScore verdict);

    /**
     * An image was found out of distribution, which {@link #judged} was told, too.
     *
     * @param image its event, whose bytes are the record's: not to be written to
     */
    default void flagged(OodScore verdict, ImageEvent image) {
        // Few listeners look at images.
    }

    /** A record became a dead letter, and that was handed on. */
    void rejected(Reason reason);
}
