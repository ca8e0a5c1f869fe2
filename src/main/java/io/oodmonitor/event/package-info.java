/**
 * The records on the topics and how they travel: Avro in the Confluent wire format, with schemas in any registry that
 * speaks the Confluent REST API.
 *
 * <p>The records are generated from the contracts in the folder schemas. A record that cannot be read is a
 * {@link io.oodmonitor.event.MalformedRecordException}, and only that is worth a dead letter; what goes wrong between
 * us and the registry is a {@link io.oodmonitor.event.RegistryException} and says nothing about the record.
 */
package io.oodmonitor.event;
