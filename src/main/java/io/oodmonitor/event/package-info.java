/**
 * The records on the topics, in the Confluent wire format (byte 0, schema id in 4 bytes, Avro binary), and a client for
 * any registry that speaks the Confluent REST API.
 */
package io.oodmonitor.event;
