package io.oodmonitor.demo;

import java.util.Optional;

/**
 * An image that the demo sent.
 *
 * @param episode the episode that it belongs to; empty if it is in-distribution
 * @param damaged whether its file was cut off on the way, so that it cannot be scored
 */
record SentImage(String id, String source, Optional<Episode> episode, boolean damaged) {}
