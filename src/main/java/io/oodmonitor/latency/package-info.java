/** How long things took, as percentiles: for whoever watches a running monitor. In the embedded jar, as its users are. */
package io.oodmonitor.latency;
