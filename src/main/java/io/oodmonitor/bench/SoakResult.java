package io.oodmonitor.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that a soak measured.
 *
 * @param model             name, version and detector
 * @param workload          the images, in words
 * @param heapLimitBytes    what the heap may grow to
 * @param peakBytesInFlight the most bytes of images that were submitted and not yet scored
 * @param inFlightBound     the configured bound on them
 * @param samples           at even intervals, 4 at least
 */
record SoakResult(String model, String workload, int cores, long heapLimitBytes, long peakBytesInFlight,
                  long inFlightBound, List<SoakSample> samples, Tally.Totals totals) {

    static final int LEAST_SAMPLES = 4;

    SoakResult {
        samples = List.copyOf(samples);
        if (samples.size() < LEAST_SAMPLES) {
            throw new IllegalArgumentException("There must be at least " + LEAST_SAMPLES + " samples, but there are "
                    + samples.size());
        }
    }

    Growth heap() {
        return Growth.of(samples.stream().map(SoakSample::heapBytes).toList());
    }

    /** Empty where the system does not tell. */
    Optional<Growth> resident() {
        return samples.stream().allMatch(sample -> sample.residentBytes().isPresent())
                ? Optional.of(Growth.of(samples.stream().map(SoakSample::residentBytes).map(OptionalLong::orElseThrow)
                        .toList()))
                : Optional.empty();
    }

    boolean isFlat() {
        return heap().isFlat() && resident().map(Growth::isFlat).orElse(true);
    }

    boolean isBounded() {
        return peakBytesInFlight <= inFlightBound;
    }

    /** Flat, bounded, and every image came out once. */
    boolean isPassed() {
        return isFlat() && isBounded() && totals.isExact();
    }

    /** From the first sample's interval on. */
    double imagesPerSecond() {
        return samples.stream().mapToDouble(SoakSample::imagesPerSecond).average().orElseThrow();
    }
}
