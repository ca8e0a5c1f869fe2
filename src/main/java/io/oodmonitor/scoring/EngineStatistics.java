package io.oodmonitor.scoring;

/**
 * What the engine has done since it started.
 *
 * @param images             images scored
 * @param batches            runs of the network
 * @param failedRuns         runs of the network that failed
 * @param inferenceNanos     nanoseconds spent in the network, summed over lanes
 * @param decodeNanos        nanoseconds spent reading and drawing images, summed over workers
 * @param batchesInFlight    batches that are being filled, wait for a lane or are in the network, now
 * @param bytesInFlight      bytes of images submitted and not yet scored, now
 * @param peakBytesInFlight  the most there ever were
 * @param waits              where the images waited
 * @param largestRun         images that every network can be run with at once: fewer than a full batch since a device
 *                           had no memory for it
 */
public record EngineStatistics(long images, long batches, long failedRuns, long inferenceNanos, long decodeNanos,
                               int batchesInFlight, long bytesInFlight, long peakBytesInFlight, Waits waits,
                               int largestRun) {

    /** Images in a batch, on average. */
    public double meanBatchSize() {
        return batches == 0 ? 0 : (double) images / batches;
    }
}
