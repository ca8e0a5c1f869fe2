package io.oodmonitor.scoring;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** A network of which one run waits until another network's has begun; its score is the image's first byte. */
final class MeetingNetwork extends ForwardingNetwork {

    private final CyclicBarrier others;
    private volatile boolean meets;
    private volatile boolean met;

    MeetingNetwork(CyclicBarrier others) {
        super(PixelNetwork.sound());
        this.others = others;
    }

    /** The next run is to meet another one. */
    void meet() {
        meets = true;
    }

    boolean hasMet() {
        return met;
    }

    @Override
    public void run(Batch batch, int from, int to) throws NetworkException {
        if (meets) {
            meets = false;
            try {
                others.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new NetworkException("No other network ran meanwhile", e);
            }
            met = true;
        }
        super.run(batch, from, to);
    }
}
