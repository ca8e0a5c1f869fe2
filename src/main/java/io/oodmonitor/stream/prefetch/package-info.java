/**
 * How images reach the scoring engine before their turn: an interceptor hands every polled record to the engine, and
 * the processor claims the result when the record's turn comes. So batches form across partitions and threads, and yet
 * a record becomes committable only after its own result was forwarded.
 */
package io.oodmonitor.stream.prefetch;
