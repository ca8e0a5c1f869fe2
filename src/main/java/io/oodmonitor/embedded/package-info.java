/**
 * What the program brings along when no cluster is configured: a real Kafka broker inside this JVM, on the loopback
 * address only, its data in one folder.
 *
 * <p>It is built from Kafka's own broker classes, which are no public API: this package is the only place that knows
 * them, and a production class path does without it.
 */
package io.oodmonitor.embedded;
