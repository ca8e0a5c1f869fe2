package io.oodmonitor.faults;

/**
 * A record that the brokers have acknowledged.
 *
 * @param id SOURCE-NUMBER, as the event has it
 */
record Sent(String id, Kind kind, Origin origin) {}
