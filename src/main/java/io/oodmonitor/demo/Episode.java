package io.oodmonitor.demo;

import io.oodmonitor.render.OddKind;
import java.time.Duration;

/**
 * A time in which one source sends images out of distribution.
 *
 * @param start since the stream began
 */
record Episode(String source, OddKind kind, Duration start, Duration length) {

    Duration end() {
        return start.plus(length);
    }

    boolean isOn(String where, Duration when) {
        return source.equals(where) && when.compareTo(start) >= 0 && when.compareTo(end()) < 0;
    }
}
