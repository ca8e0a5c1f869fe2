package io.oodmonitor.stream.prefetch;

import java.time.Duration;

/**
 * Images of one partition that were polled and have no outcome yet.
 *
 * @param oldest how long ago the first of them was polled; zero without any
 */
public record Backlog(int images, Duration oldest) {

    public static final Backlog NONE = new Backlog(0, Duration.ZERO);
}
