package io.oodmonitor.cli;

import io.oodmonitor.scoring.NativeGate;
import java.time.Duration;
import org.jline.utils.Signals;

/**
 * Ctrl-C and SIGTERM for commands that do not listen to them by a {@link StopSignal}: the process ends at once, but not
 * in the middle of ONNX Runtime, which would crash.
 */
final class Interruption {

    /** By convention 128 and the signal's number. */
    static final int INTERRUPTED = 130;
    static final int TERMINATED = 143;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Interruption() {}

    /** From now on. */
    static void endsProcess() {
        Signals.register("INT", () -> end(INTERRUPTED));
        Signals.register("TERM", () -> end(TERMINATED));
    }

    private static void end(int code) {
        try {
            NativeGate.shut(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(code);
    }
}
