package io.oodmonitor.bench;

/**
 * What bare ONNX Runtime does.
 *
 * @param lanes          batches in the network at once
 * @param threadsPerLane threads that work on one batch
 */
record NetworkRate(int batchSize, int lanes, int threadsPerLane, double imagesPerSecond) {

    /** batches of 8, 2 lanes. */
    String inWords() {
        return "batches of " + batchSize + ", " + (threadsPerLane == 1 ? lanes + (lanes == 1 ? " lane" : " lanes")
                : threadsPerLane + " threads");
    }
}
