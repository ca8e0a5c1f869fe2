package io.oodmonitor.calibration;

/**
 * The number of successes in so many trials whose common chance of success is Beta(alpha, beta). Immutable.
 *
 * <p>Probabilities are accurate to a relative error of 1e-9 or better wherever they do not underflow, for up to ten
 * million trials; one above a half is 1 minus its complement. A tail whose alpha and beta are whole numbers costs at
 * most min(trials, alpha) steps in the upper, min(trials, beta) in the lower tail, fewer where the terms die out.
 *
 * @param trials how many, from 0
 * @param alpha  above 0; the k of a conformal threshold
 * @param beta   above 0; n + 1 - k of a conformal threshold
 */
public record BetaBinomial(long trials, double alpha, double beta) {

    /** Terms that together are a smaller part of the sum than this are left out. */
    private static final double NEGLIGIBLE = 0x1p-54;

    public BetaBinomial {
        if (trials < 0) {
            throw new IllegalArgumentException("trials must be at least 0, but is " + trials);
        }
        requirePositive("alpha", alpha);
        requirePositive("beta", beta);
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be above 0 and finite, but is " + value);
        }
    }

    /** The expected number of successes. */
    public double mean() {
        return trials * (alpha / (alpha + beta));
    }

    /** P(X = x). */
    public double pmf(long x) {
        return x < 0 || x > trials ? 0 : Math.exp(logPmf(x));
    }

    /** P(X &lt;= x). */
    public double cdf(long x) {
        return mirrored().upperTail(trials - x);
    }

    /** P(X &gt;= x). */
    public double upperTail(long x) {
        if (x <= 0) {
            return 1;
        }
        if (x > trials) {
            return 0;
        }
        // Beyond the mean the terms fall from the first one on: every sum starts at its large end and no small tail is
        // ever a difference of large numbers.
        return x > mean() ? sumFrom(x) : Math.max(0, 1 - mirrored().sumFrom(trials - x + 1));
    }

    /**
     * The smallest interval of counts, with at most half of 1 - coverage on either side of it.
     *
     * @param coverage at least this chance for the count to fall into it, above 0 and below 1
     */
    public PredictiveInterval interval(double coverage) {
        if (!(coverage > 0 && coverage < 1)) {
            throw new IllegalArgumentException("coverage must be above 0 and below 1, but is " + coverage);
        }
        double side = (1 - coverage) / 2;
        return new PredictiveInterval(trials - mirrored().highest(side), highest(side));
    }

    /** The smallest h with P(X > h) at most so much. */
    private long highest(double side) {
        long low = 0;
        long high = trials;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (upperTail(middle + 1) <= side) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The distribution of the failures. */
    private BetaBinomial mirrored() {
        return new BetaBinomial(trials, beta, alpha);
    }

    /*
     * P(X >= x) as a sum of at most min(trials - x + 1, alpha) terms.
     *
     * For whole numbers, alpha = k and beta = n+1-k, X counts the new scores below the k-th of n old ones. X >= x iff
     * the x-th of the m new scores lies below the k-th old one iff at most k-1 old scores lie below the x-th new one.
     * With the roles exchanged, that number of old scores is Beta-Binomial(n; x, m+1-x), and its lower tail has k
     * terms.
     */
    private double sumFrom(long x) {
        boolean whole = alpha == Math.rint(alpha) && beta == Math.rint(beta) && alpha + beta < 0x1p53;
        if (whole && alpha < trials - x + 1) {
            return new BetaBinomial((long) (alpha + beta - 1), trials + 1.0 - x, x).sumTermsFrom((long) beta);
        }
        return sumTermsFrom(x);
    }

    private double sumTermsFrom(long x) {
        double term = 1;
        double sum = 1;
        for (long i = x; i < trials; i++) {
            double towardsEnd = (trials - i) / (trials - i - 1 + beta);
            double fromStart = (i + alpha) / (i + 1);
            term *= towardsEnd * fromStart;
            sum += term;
            if (term < NEGLIGIBLE * sum) {
                // For beta >= 1 towardsEnd falls with i, and fromStart tends to 1: no later ratio is above this one.
                double ratio = towardsEnd * Math.max(1, fromStart);
                if (beta >= 1 && term * ratio < NEGLIGIBLE * sum * (1 - ratio)) {
                    break;
                }
            }
        }
        return Math.min(1, Math.exp(logPmf(x) + Math.log(sum)));
    }

    /*
     * log P(X = x) without a difference of large logarithms (after C. Loader, Fast and accurate computation of binomial
     * probabilities, 2000). With m trials, a = alpha, b = beta,
     *     P(X = x) = (m choose x) B(x+a, m-x+b) / B(a, b).
     * Write b(x; m, p) = G(m+1) / (G(x+1) G(m-x+1)) p^x (1-p)^(m-x) for real x and m, G the gamma function. Then
     *     1 / B(a, b) = b(a; a+b, p) ab/(a+b) / (p^a (1-p)^b),
     * and likewise for the other two, so the powers cancel for every p:
     *     P(X = x) = b(x; m, p) b(a; a+b, p) / b(x+a; m+a+b, p) * ab (m+a+b) / ((a+b) (x+a) (m-x+b)).
     * Now p = (x+a)/(m+a+b) puts the divisor at its own peak. By Stirling, with r from StirlingRemainder,
     *     log b(x; m, p) = r(m) - r(x) - r(m-x) - D(x, mp) - D(m-x, m(1-p)),   D(x, y) = x log(x/y) + y - x >= 0.
     * The D of the divisor vanish, the other four share one distance: mp - x = d = (ma - x(a+b)) / (m+a+b).
     */
    private double logPmf(long x) {
        double total = trials + alpha + beta;
        double hits = x + alpha;
        double misses = trials - x + beta;
        double distance = (trials * alpha - x * (alpha + beta)) / total;
        double deviance = deviance(x, trials * (hits / total), distance)
                + deviance(trials - x, trials * (misses / total), -distance)
                + deviance(alpha, (alpha + beta) * (hits / total), -distance)
                + deviance(beta, (alpha + beta) * (misses / total), distance);
        double remainders = StirlingRemainder.of(trials) - StirlingRemainder.of(x) - StirlingRemainder.of(trials - x)
                + StirlingRemainder.of(alpha + beta) - StirlingRemainder.of(alpha) - StirlingRemainder.of(beta)
                - StirlingRemainder.of(total) + StirlingRemainder.of(hits) + StirlingRemainder.of(misses);
        return remainders - deviance + Math.log(alpha / hits * (beta / misses) * (total / (alpha + beta)));
    }

    /** x log(x/y) + y - x, for x at least 0 and y = x + distance above 0. */
    private static double deviance(double x, double y, double distance) {
        if (x == 0) {
            return y;
        }
        if (Math.abs(distance) > 0.1 * x) {
            return x * Math.log(x / y) + distance;
        }
        // x (t - log(1+t)) with t = distance / x; log(1+t) = 2 atanh(v), v = t/(2+t), and t - 2v = tv.
        double v = distance / (x + y);
        double square = v * v;
        double power = 2 * x * v * square;
        double sum = distance * v;
        for (int i = 3; Math.abs(power) > NEGLIGIBLE * Math.abs(sum); i += 2) {
            sum -= power / i;
            power *= square;
        }
        return sum;
    }
}
