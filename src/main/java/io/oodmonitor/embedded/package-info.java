/**
 * What the program brings along when no cluster is configured: a real Kafka broker and a schema registry inside this
 * JVM, on the loopback address only, their data in one folder.
 *
 * <p>The broker is built from Kafka's own classes, which are no public API: this package is the only place that knows
 * them, and a production class path does without it.
 */
package io.oodmonitor.embedded;
