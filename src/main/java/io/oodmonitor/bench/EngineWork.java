package io.oodmonitor.bench;

import io.oodmonitor.scoring.EngineStatistics;

/**
 * What the engine did in a while.
 *
 * @param images      scored
 * @param batchSize   images in a batch, on average
 * @param batchMillis how long the network took for a batch, on average
 */
record EngineWork(long images, double batchSize, double batchMillis, MeanWaits waits) {

    static EngineWork between(EngineStatistics before, EngineStatistics after) {
        long images = after.images() - before.images();
        double batches = Math.max(1, after.batches() - before.batches());
        return new EngineWork(images, images / batches, (after.inferenceNanos() - before.inferenceNanos()) / 1e6
                / batches, MeanWaits.of(after.waits().since(before.waits()), images));
    }
}
