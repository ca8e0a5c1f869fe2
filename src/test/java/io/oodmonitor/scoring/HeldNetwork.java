package io.oodmonitor.scoring;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Runs what another network does, but not while it is held. */
public final class HeldNetwork extends ForwardingNetwork {

    private final ReentrantReadWriteLock hold = new ReentrantReadWriteLock();

    public HeldNetwork(Network network) {
        super(network);
    }

    /** Waits for runs to end, and lets none begin until the same thread lets go. */
    public void hold() {
        hold.writeLock().lock();
    }

    public void letGo() {
        hold.writeLock().unlock();
    }

    @Override
    public void run(Batch batch, int from, int to) throws NetworkException {
        hold.readLock().lock();
        try {
            super.run(batch, from, to);
        } finally {
            hold.readLock().unlock();
        }
    }
}
