package io.oodmonitor.scoring;

import io.oodmonitor.image.ImageLimits;
import java.time.Duration;

/**
 * How the engine shares the machine.
 *
 * @param batchSize        images in a full batch
 * @param maxDelay         how long the oldest image of a batch waits for others that are on their way
 * @param decodeThreads    images decoded at the same time
 * @param lanes            batches in each network at the same time
 * @param threadsPerLane   threads that the network uses for one batch
 * @param maxBytesInFlight bytes of images submitted and not yet scored; see {@link ScoringEngine#trySubmit}
 * @param shapes           at which sizes batches are run
 * @param imageLimits      images larger than this are rejected before memory is taken for them
 */
public record EngineSettings(int batchSize, Duration maxDelay, int decodeThreads, int lanes, int threadsPerLane,
                             long maxBytesInFlight, BatchShapes shapes, ImageLimits imageLimits) {

    private static final int BATCHES_AHEAD = 3;
    private static final int IMAGES_AHEAD = 12;

    public EngineSettings {
        requireAtLeast(1, batchSize, "batch size");
        requireAtLeast(0, maxDelay.toNanos(), "max delay");
        requireAtLeast(1, decodeThreads, "number of decode threads");
        requireAtLeast(1, lanes, "number of lanes");
        requireAtLeast(1, threadsPerLane, "number of threads per lane");
        requireAtLeast(1, maxBytesInFlight, "number of bytes in flight");
    }

    /**
     * For images that are all there and nobody waits for: every core decodes, every core runs batches of its own, and
     * each time the same images have the same scores.
     */
    public static EngineSettings forThroughput() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new EngineSettings(16, Duration.ofMillis(50), cores, cores, 1, 256L << 20, BatchShapes.FULL,
                ImageLimits.DEFAULT);
    }

    /**
     * Batches that wait for a lane or are being filled for it. Where only stream threads submit images, and none while
     * they commit, the lanes live on these for tens of milliseconds: with one batch ahead a DenseNet came to 273 images a
     * second on two cores, with three to 290.
     */
    int batchesAhead() {
        return Math.max(BATCHES_AHEAD, (IMAGES_AHEAD + batchSize - 1) / batchSize);
    }

    private static void requireAtLeast(long least, long value, String what) {
        if (value < least) {
            throw new IllegalArgumentException("The " + what + " must be at least " + least + ", but is " + value);
        }
    }
}
