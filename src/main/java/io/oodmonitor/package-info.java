/** A streaming out-of-distribution monitor for image classifiers, on Kafka: packages in layers, drawn in the README. */
package io.oodmonitor;
