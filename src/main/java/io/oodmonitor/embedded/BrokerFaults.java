package io.oodmonitor.embedded;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when the broker can no longer go on. Left alone it halts the JVM, without running a shutdown hook. Here
 * a fault while it starts fails the start, and one later ends the process with code 1, in order: hooks run, for a
 * bounded time. A fault after close() is only logged. Thread-safe.
 */
final class BrokerFaults implements FaultHandlerFactory {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerFaults.class);
    private static final long HOOKS_MAY_TAKE_SECONDS = 20;
    private static final String CANNOT_GO_ON = "the embedded Kafka broker cannot go on";
    private static final AtomicBoolean ENDING = new AtomicBoolean();

    private enum Phase { STARTING, RUNNING, CLOSED }

    private final CompletableFuture<Void> startFailure;
    private volatile Phase phase = Phase.STARTING;

    /** @param startFailure completed exceptionally by a fault while the broker starts */
    BrokerFaults(CompletableFuture<Void> startFailure) {
        this.startFailure = startFailure;
    }

    /** Replaces what Kafka does to the JVM where it asks no fault handler, such as when its disk fails. */
    static void replaceExit() {
        Exit.setHaltProcedure(BrokerFaults::exit);
        Exit.setExitProcedure(BrokerFaults::exit);
    }

    void started() {
        phase = Phase.RUNNING;
    }

    void closed() {
        phase = Phase.CLOSED;
    }

    @Override
    public FaultHandler build(String name, boolean fatal, Runnable action) {
        return (message, cause) -> {
            action.run();
            RuntimeException fault = new IllegalStateException(name + ": " + message, cause);
            if (!fatal || phase == Phase.CLOSED) {
                LOG.error("the embedded Kafka broker met a fault in its {}: {}", name, message, cause);
            } else if (phase == Phase.STARTING) {
                startFailure.completeExceptionally(cause == null ? fault : cause);
            } else {
                LOG.error("{}, so this process ends: {}: {}", CANNOT_GO_ON, name, message, cause);
                endProcess();
            }
            return fault;
        };
    }

    private static void exit(int status, String message) {
        LOG.error("{}, so this process ends; most likely its disk is full or failing", CANNOT_GO_ON);
        endProcess();
        throw new IllegalStateException(CANNOT_GO_ON + (message == null ? "" : ": " + message));
    }

    private static void endProcess() {
        if (!ENDING.compareAndSet(false, true)) {
            return;
        }
        // Not on this thread: exiting waits for the hooks, the hooks for the broker's threads, and this may be one.
        daemon("embedded-broker-exit", () -> System.exit(1));
        daemon("embedded-broker-halt", () -> {
            try {
                TimeUnit.SECONDS.sleep(HOOKS_MAY_TAKE_SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        });
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
