/**
 * A monitored model on disk: a folder with the prepared graph, a manifest, and the statistics of the in-distribution
 * images. Whoever reads a bundle gets one that hangs together, or one sentence that says what is wrong with it.
 */
package io.oodmonitor.bundle;
