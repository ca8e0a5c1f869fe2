package io.oodmonitor.calibration;

/**
 * The Wilson score interval of a share (E. B. Wilson, Probable inference, the law of succession, and statistical
 * inference, JASA 22, 1927). Immutable.
 *
 * @param lower 0 to upper
 * @param upper lower to 1
 */
public record WilsonInterval(double lower, double upper) {

    public WilsonInterval {
        if (!(lower >= 0 && lower <= upper && upper <= 1)) {
            throw new IllegalArgumentException("interval must lie in 0 to 1, but is " + lower + " to " + upper);
        }
    }

    /**
     * The interval of a share seen in so many trials; 0 to 1 if there were none.
     *
     * @param confidence above 0 and below 1, such as 0.95
     */
    public static WilsonInterval of(long successes, long trials, double confidence) {
        if (trials < 0 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "successes must be in 0 to the number of trials, but are " + successes + " of " + trials);
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must be above 0 and below 1, but is " + confidence);
        }
        if (trials == 0) {
            return new WilsonInterval(0, 1);
        }
        double z = NormalQuantile.ofUpperTail((1 - confidence) / 2);
        double n = trials;
        double share = successes / n;
        double square = z * z;
        double centre = share + square / (2 * n);
        double spread = z * Math.sqrt(share * (1 - share) / n + square / (4 * n * n));
        double scale = 1 + square / n;
        return new WilsonInterval(
                successes == 0 ? 0 : Math.max(0, (centre - spread) / scale),
                successes == trials ? 1 : Math.min(1, (centre + spread) / scale));
    }
}
