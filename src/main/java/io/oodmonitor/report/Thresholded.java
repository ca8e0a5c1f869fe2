package io.oodmonitor.report;

import java.util.Arrays;

/** What the monitor's rule makes of scores: an image is out of distribution if its score is below the threshold. */
final class Thresholded {

    private Thresholded() {
    }

    /** How many pass for in-distribution. */
    static int passing(double[] scores, double threshold) {
        return (int) Arrays.stream(scores).filter(score -> score >= threshold).count();
    }
}
