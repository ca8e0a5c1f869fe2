package io.oodmonitor.detector;

/** log(sum(exp(x))), finite wherever its arguments are. */
public final class LogSumExp {

    private LogSumExp() {
    }

    /** @param logits at least one value */
    public static double of(double[] logits) {
        double max = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            max = Math.max(max, logit);
        }
        if (Double.isInfinite(max) || Double.isNaN(max)) {
            return max;
        }
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - max);
        }
        return max + Math.log(sum);
    }
}
