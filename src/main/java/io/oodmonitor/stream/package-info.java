/**
 * The stream: the topology from images to verdicts, rates, alerts and thresholds; its settings; and the running
 * monitor.
 */
package io.oodmonitor.stream;
