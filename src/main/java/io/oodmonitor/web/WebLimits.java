package io.oodmonitor.web;

import java.time.Duration;

/**
 * What clients may take.
 *
 * @param connections open at once; more are not accepted until one ends
 * @param headerBytes of one request, its first line among them
 * @param bodyBytes   of one request
 * @param patience    how long the next request, or a client that reads its answer, may keep a connection waiting
 */
record WebLimits(int connections, int headerBytes, long bodyBytes, Duration patience) {

    static final WebLimits DEFAULT = new WebLimits(64, 8 << 10, 64 << 10, Duration.ofSeconds(10));
}
