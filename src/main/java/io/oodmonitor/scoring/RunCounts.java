package io.oodmonitor.scoring;

import java.util.concurrent.atomic.LongAdder;

/** What all lanes have done since they started. Thread-safe. */
final class RunCounts {

    final LongAdder images = new LongAdder();
    final LongAdder batches = new LongAdder();
    final LongAdder failedRuns = new LongAdder();
    final LongAdder inferenceNanos = new LongAdder();
}
