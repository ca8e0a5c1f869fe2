package io.oodmonitor.metrics;

import io.oodmonitor.bundle.FittedThreshold;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The bounds of the score histogram's buckets. They rest on the bundle alone, so that every instance that scores with
 * it, and every run, has the same.
 */
final class ScoreBounds {

    /** Of the range of the scores that fit held out; as much again lies below them, where others are to be expected. */
    private static final int STEPS = 8;
    /** For a bundle without such scores, as detectors differ by orders of magnitude. */
    private static final double[] ANY = {-1_000, -500, -200, -100, -50, -20, -10, -5, -2, -1, 0, 1, 2, 5, 10, 20, 50,
        100, 200, 500, 1_000};

    private ScoreBounds() {}

    /** Round numbers, ascending. */
    static double[] of(Optional<FittedThreshold> fitted) {
        return fitted.map(fit -> fit.quantiles().values())
                .map(scores -> around(scores[0], scores[scores.length - 1])).orElse(ANY);
    }

    private static double[] around(double lowest, double highest) {
        double range = highest - lowest;
        if (range == 0) {
            return ANY;
        }
        BigDecimal step = round(range / STEPS);
        long first = number(lowest - range, step, RoundingMode.FLOOR);
        long last = number(highest + range / 2, step, RoundingMode.CEILING);
        return LongStream.rangeClosed(first, last).mapToDouble(i -> step.multiply(BigDecimal.valueOf(i)).doubleValue())
                .toArray();
    }

    private static long number(double score, BigDecimal step, RoundingMode rounding) {
        return BigDecimal.valueOf(score).divide(step, 0, rounding).longValueExact();
    }

    /** The largest of 1, 2 and 5, times a power of ten, that is at most this. */
    static BigDecimal round(double size) {
        int power = (int) Math.floor(Math.log10(size));
        double mantissa = size / Math.pow(10, power);
        return BigDecimal.valueOf(mantissa >= 5 ? 5 : mantissa >= 2 ? 2 : 1).scaleByPowerOfTen(power);
    }
}
