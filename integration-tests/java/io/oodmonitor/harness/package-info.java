/** What integration tests stand on: a real Kafka, in Docker or in this JVM, and what reads from it. */
package io.oodmonitor.harness;
