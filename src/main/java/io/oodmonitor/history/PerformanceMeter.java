package io.oodmonitor.history;

import io.oodmonitor.event.OodScore;
import io.oodmonitor.stream.prefetch.Reason;
import io.oodmonitor.stream.processor.MonitorListener;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts how this instance does, from one look to the next. Thread-safe; nothing is allocated for an image. */
public final class PerformanceMeter implements MonitorListener {

    private final AtomicLongArray latencies = new AtomicLongArray(LatencyBuckets.COUNT);
    private final LongAdder batches = new LongAdder();
    private final LongAdder batchImages = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private final LongAdder networkNanos = new LongAdder();
    private long lookedAt;

    @Override
    public void judged(OodScore verdict) {
        // A producer's clock may run ahead.
        latencies.incrementAndGet(LatencyBuckets.of(
                Math.max(0, verdict.getScoredAt().toEpochMilli() - verdict.getCapturedAt().toEpochMilli())));
    }

    @Override
    public void rejected(Reason reason) {
        // The topic tells of dead letters.
    }

    @Override
    public void scored(int images, long wait, long network) {
        batches.increment();
        batchImages.add(images);
        waitNanos.add(wait);
        networkNanos.add(network);
    }

    /**
     * What was counted since the last look.
     *
     * @param now milliseconds since the epoch
     * @param lag images without an outcome, where that is known
     */
    public synchronized PerformanceSample look(long now, OptionalLong lag) {
        long[] counts = new long[LatencyBuckets.COUNT];
        long images = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = latencies.getAndSet(i, 0);
            images += counts[i];
        }
        long start = lookedAt == 0 ? now : lookedAt;
        lookedAt = now;
        return new PerformanceSample(start, Math.max(0, now - start), images,
                LatencyBuckets.quantile(counts, images, 0.5), LatencyBuckets.quantile(counts, images, 0.99),
                batches.sumThenReset(), batchImages.sumThenReset(), waitNanos.sumThenReset(),
                networkNanos.sumThenReset(), lag.orElse(-1));
    }
}
