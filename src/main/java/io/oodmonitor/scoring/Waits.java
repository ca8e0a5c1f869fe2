package io.oodmonitor.scoring;

/**
 * Where images stayed on their way through the engine: nanoseconds, each summed over the images.
 *
 * @param decodeNanos  submitted, until a worker took them to be decoded
 * @param othersNanos  in a batch, for others or for their pixels, while a lane was there to take it
 * @param laneNanos    decoded or in a batch, while every batch or every lane was busy
 * @param networkNanos in the network
 */
public record Waits(long decodeNanos, long othersNanos, long laneNanos, long networkNanos) {

    /** What was added since an earlier moment. */
    public Waits since(Waits earlier) {
        return new Waits(decodeNanos - earlier.decodeNanos, othersNanos - earlier.othersNanos,
                laneNanos - earlier.laneNanos, networkNanos - earlier.networkNanos);
    }
}
