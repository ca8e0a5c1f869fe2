package io.oodmonitor.demo;

import io.oodmonitor.event.OodRate;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The stream at one moment.
 *
 * @param imagesPerSecond verdicts in the last second
 * @param threshold       in force, in words
 */
record Snapshot(Duration elapsed, String model, String bootstrapServers, String registryUrl, URI dashboard,
                String threshold, double imagesPerSecond, Ledger.Totals totals, List<Source> sources) {

    /**
     * One camera.
     *
     * @param episode what it is showing that it should not; empty if nothing
     * @param rates   of its last windows, oldest first
     */
    record Source(String name, Optional<Episode> episode, List<OodRate> rates, boolean raised) {}
}
