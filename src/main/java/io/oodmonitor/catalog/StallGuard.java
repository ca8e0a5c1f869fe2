package io.oodmonitor.catalog;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** Closes what is read when nothing has come for too long: a read of a silent server never ends by itself. */
final class StallGuard implements AutoCloseable {

    private final Closeable source;
    private final long patience;
    private final Thread watcher;
    private volatile long last = System.nanoTime();
    private volatile boolean stalled;

    StallGuard(Closeable source, Duration patience) {
        this.source = source;
        this.patience = patience.toNanos();
        this.watcher = new Thread(this::watch, "download-stall-guard");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** Something came. */
    void heard() {
        last = System.nanoTime();
    }

    /** True once it has closed the source. */
    boolean stalled() {
        return stalled;
    }

    private void watch() {
        try {
            for (long left = patience; left > 0; left = patience - (System.nanoTime() - last)) {
                Thread.sleep(Math.max(1, left / 1_000_000));
            }
            stalled = true;
            source.close();
        } catch (InterruptedException | IOException e) {
            // The reader is done, or finds the source closed anyway.
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
