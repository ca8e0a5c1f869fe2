package io.oodmonitor.bench;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What the process held at one time.
 *
 * @param at              since the soak's begin
 * @param imagesPerSecond since the sample before
 * @param heapBytes       what a collection left, at the least since the sample before
 * @param directBytes     buffers outside the heap
 * @param residentBytes   of the whole process, native memory too; empty where the system does not tell
 */
record SoakSample(Duration at, double imagesPerSecond, long heapBytes, long directBytes, OptionalLong residentBytes) {}
