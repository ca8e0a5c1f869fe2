package io.oodmonitor.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C and SIGTERM as a request to end well: the command sees it and returns by itself. A second signal, or a command
 * that has not ended in time, ends the process at once. Thread-safe.
 */
public final class StopSignal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final List<String> SIGNALS = List.of("INT", "TERM");
    private static final int KILLED = 130;

    private final Runnable onStop;
    private final Duration patience;
    private final CountDownLatch requested = new CountDownLatch(1);
    private final List<Object> previous;

    private StopSignal(Runnable onStop, Duration patience) {
        this.onStop = onStop;
        this.patience = patience;
        this.previous = SIGNALS.stream().map(signal -> Signals.register(signal, this::signalled)).toList();
    }

    /**
     * Listens until it is closed.
     *
     * @param onStop   wakes up the command, from another thread; called once
     * @param patience how long the command may take from then on
     */
    public static StopSignal listen(Runnable onStop, Duration patience) {
        return new StopSignal(onStop, patience);
    }

    /** For a command that looks at {@link #requested} or waits in {@link #await}. */
    public static StopSignal listen(Duration patience) {
        return listen(() -> { }, patience);
    }

    private void signalled() {
        if (isRequested()) {
            Runtime.getRuntime().halt(KILLED);
        }
        Thread bound = new Thread(this::haltLater, "ood-stop-bound");
        bound.setDaemon(true);
        bound.start();
        request();
    }

    private void haltLater() {
        try {
            Thread.sleep(patience.toMillis());
            LOG.error("It did not end within {} s and is ended now", patience.toSeconds());
            Runtime.getRuntime().halt(KILLED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does what a signal does, for a caller in the same process. */
    public synchronized void request() {
        if (!isRequested()) {
            requested.countDown();
            onStop.run();
        }
    }

    /** True once a signal came. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits for a signal; false if none came within the time. */
    public boolean await(Duration timeout) throws InterruptedException {
        return requested.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Signals mean again what they meant before. */
    @Override
    public void close() {
        for (int i = 0; i < SIGNALS.size(); i++) {
            Signals.unregister(SIGNALS.get(i), previous.get(i));
        }
    }
}
