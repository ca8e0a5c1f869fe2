/**
 * What the monitor's output topics said, for as long as is configured, in bounded memory, for people to look at: rates,
 * alerts, thresholds, images out of distribution and dead letters as committed; and of this instance alone how fast it
 * was, and small copies of images that it found out of distribution.
 */
package io.oodmonitor.history;
