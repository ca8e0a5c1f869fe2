package io.oodmonitor.history;

/**
 * What is known of a source.
 *
 * @param images        judged, in all windows that are kept
 * @param ood           of those, how many were out of distribution
 * @param lastRate      of its last window
 * @param lastWindowEnd milliseconds since the epoch
 */
public record SourceSummary(String source, long images, long ood, double lastRate, long lastWindowEnd) {

    /** 0 to 1; 0 if no image was judged. */
    public double rate() {
        return images == 0 ? 0 : (double) ood / images;
    }
}
