/**
 * How images reach the scoring engine before their turn: an interceptor queues every polled record for the engine, the
 * consumer holds the record back until its image has an outcome, and the processor claims that outcome when the
 * record's turn comes. So batches form across partitions and threads, the stream thread waits for as little as can be,
 * and yet a record becomes committable only after its own result was forwarded.
 */
package io.oodmonitor.stream.prefetch;
