package io.oodmonitor.stream;

/**
 * How many bytes the stream fetches at once.
 *
 * <p>What was polled of a partition is worked off before more of it is, while the consumer fetches as much again: so it
 * holds twice {@code perPartition}, or three times, as an array of a megabyte may take two regions of the heap. As a
 * share of the heap that leaves a process with sixteen partitions more than half of it; with a large heap a poll brings
 * several batches, of large images too. An answer is one array: Kafka's 50 MB of it find no room in a small heap.
 *
 * @param perPartition bytes of one partition, but one image at least
 * @param perRequest   bytes of one answer, which is one array
 */
record FetchSizes(int perPartition, int perRequest) {

    private static final int HEAP_SHARE = 128;
    private static final long LEAST = 1L << 20;
    private static final long MOST = 8L << 20;
    private static final int PARTITIONS_PER_REQUEST = 2;

    /** @param heapBytes what the heap may grow to */
    static FetchSizes of(long heapBytes) {
        int perPartition = (int) Math.max(LEAST, Math.min(MOST, heapBytes / HEAP_SHARE));
        return new FetchSizes(perPartition, PARTITIONS_PER_REQUEST * perPartition);
    }
}
