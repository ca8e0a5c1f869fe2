package io.oodmonitor.history;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How this instance did over a stretch of time.
 *
 * @param start        milliseconds since the epoch
 * @param millis       how long it lasted
 * @param images       that got a verdict
 * @param latencyP50   captured to verdict, in milliseconds; NaN without an image
 * @param latencyP99   of several stretches merged, the largest
 * @param batches      that were scored
 * @param batchImages  images in them
 * @param waitNanos    for which the batches waited for the network, since their first image, all together
 * @param networkNanos for which they were in it, all together
 * @param lag          images without an outcome at its end; -1 where that was not known
 */
public record PerformanceSample(long start, long millis, long images, double latencyP50, double latencyP99,
                                long batches, long batchImages, long waitNanos, long networkNanos, long lag) {

    private static final double MILLIS = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;

    public double imagesPerSecond() {
        return millis == 0 ? 0 : images * MILLIS / millis;
    }

    public OptionalDouble p50() {
        return images == 0 ? OptionalDouble.empty() : OptionalDouble.of(latencyP50);
    }

    public OptionalDouble p99() {
        return images == 0 ? OptionalDouble.empty() : OptionalDouble.of(latencyP99);
    }

    public OptionalDouble batchSize() {
        return perBatch(batchImages);
    }

    public OptionalDouble queueWaitMillis() {
        return perBatch(waitNanos / NANOS_PER_MILLI);
    }

    public OptionalDouble inferenceMillis() {
        return perBatch(networkNanos / NANOS_PER_MILLI);
    }

    private OptionalDouble perBatch(double sum) {
        return batches == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / batches);
    }

    public OptionalLong knownLag() {
        return lag < 0 ? OptionalLong.empty() : OptionalLong.of(lag);
    }

    /** Both together; medians are averaged, by their images. */
    PerformanceSample with(PerformanceSample later) {
        long both = images + later.images;
        return new PerformanceSample(start, millis + later.millis, both,
                both == 0 ? Double.NaN : (weighted(this) + weighted(later)) / both,
                images == 0 ? later.latencyP99 : later.images == 0 ? latencyP99
                        : Math.max(latencyP99, later.latencyP99),
                batches + later.batches, batchImages + later.batchImages, waitNanos + later.waitNanos,
                networkNanos + later.networkNanos, later.lag);
    }

    private static double weighted(PerformanceSample sample) {
        return sample.images == 0 ? 0 : sample.images * sample.latencyP50;
    }
}
