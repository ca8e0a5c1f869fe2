/**
 * Alerts to a web address: each record of a topic as one POST, signed as Standard Webhooks has it, at least once, and
 * in the order of its partition.
 */
package io.oodmonitor.forward;
