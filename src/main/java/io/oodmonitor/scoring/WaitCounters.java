package io.oodmonitor.scoring;

import java.util.concurrent.atomic.LongAdder;

/** Adds up where images wait; nothing is allocated for an image. Thread-safe. */
final class WaitCounters {

    private final LongAdder decode = new LongAdder();
    private final LongAdder others = new LongAdder();
    private final LongAdder lane = new LongAdder();
    private final LongAdder network = new LongAdder();

    /** An image has a slot: so long it waited for a worker, and for a batch that is open or free. */
    void reserved(long forWorker, long forBatch) {
        decode.add(forWorker);
        lane.add(forBatch);
    }

    /**
     * A batch is through the network.
     *
     * @param freeAt  when the lane that took it began to wait for one
     * @param takenAt when it took it
     */
    void scored(Batch batch, long freeAt, long takenAt, long scoredAt) {
        long withLane = 0;
        long inBatch = 0;
        for (int i = 0; i < batch.size(); i++) {
            inBatch += takenAt - batch.reservedAt(i);
            withLane += takenAt - Math.max(batch.reservedAt(i), freeAt);
        }
        others.add(withLane);
        lane.add(inBatch - withLane);
        network.add(batch.size() * (scoredAt - takenAt));
    }

    Waits sum() {
        return new Waits(decode.sum(), others.sum(), lane.sum(), network.sum());
    }
}
