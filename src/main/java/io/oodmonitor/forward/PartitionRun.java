package io.oodmonitor.forward;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * The delivery of what was polled of one partition, one record after the other, on a thread of its own. Thread-safe.
 * INVARIANT: {@link #settled} is never beyond a record that the receiver may still lack.
 */
final class PartitionRun implements Runnable {

    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final OffsetAndMetadata end;
    private final Courier courier;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile OffsetAndMetadata settled;
    private volatile RuntimeException failure;

    /** @param end from where the partition is to be read when all of these are settled */
    PartitionRun(List<ConsumerRecord<byte[], byte[]>> records, OffsetAndMetadata end, Courier courier) {
        this.records = records;
        this.end = end;
        this.courier = courier;
    }

    @Override
    public void run() {
        try {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (cancelled.getCount() == 0 || !courier.deliver(record, cancelled)) {
                    return;
                }
                settled = new OffsetAndMetadata(record.offset() + 1);
            }
            // Behind what the transactions put there, so that no lag is shown that is none.
            settled = end;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            ended.countDown();
        }
    }

    /** No new try begins from now on. */
    void cancel() {
        cancelled.countDown();
    }

    /** Waits for the try that is under way; false if it still is after that time. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** What may be committed; null while that is nothing. */
    OffsetAndMetadata settled() {
        return settled;
    }

    /** Why it ended early; null if it did not. */
    RuntimeException failure() {
        return failure;
    }
}
