package io.oodmonitor.stream.processor;

import java.time.Duration;

/**
 * When a window is over.
 *
 * @param window length of a tumbling window, by the records' timestamps
 * @param grace  how far past a window's end every partition must have come before the window is final
 * @param idle   a partition not heard of for so long, by the wall clock, is not waited for
 */
public record WindowPolicy(Duration window, Duration grace, Duration idle) {

    public WindowPolicy {
        if (window.toMillis() < 1) {
            throw new IllegalArgumentException("A window must last at least 1 ms, but lasts " + window);
        }
    }
}
