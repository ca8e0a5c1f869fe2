package io.oodmonitor.bench;

/**
 * What the latency should stay under while the stream is not busy: an image waits for a batch in the network, for its
 * own, for others, and for the next commit. In milliseconds.
 */
record LatencyBound(double batch, double maxDelay, double commitInterval) {

    double millis() {
        return 2 * batch + maxDelay + commitInterval;
    }
}
