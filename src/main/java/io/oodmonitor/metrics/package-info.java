/**
 * The metrics of a running monitor, for Prometheus: what becomes of images, counted where it happens; how the monitor
 * stands, looked up when somebody asks; and what Micrometer tells of Kafka's clients and of the JVM.
 *
 * <p>The monitor's own are made with Prometheus's client, in which Micrometer's registry writes, too: scores may be
 * negative, which Micrometer leaves out, and its summaries cost an image three times as much. The number of series is
 * bounded, whatever comes: of sources the first fifty have their own.
 */
package io.oodmonitor.metrics;
