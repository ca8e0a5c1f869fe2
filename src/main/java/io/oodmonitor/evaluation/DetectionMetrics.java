package io.oodmonitor.evaluation;

import java.util.Arrays;

/**
 * How well scores separate in-distribution (ID) images from out-of-distribution (OOD) ones; higher scores are more
 * in-distribution. All figures are shares, 0 to 1. Images of equal score are never told apart: no figure depends on the
 * order of ties. Immutable.
 *
 * @param fpr95          the share of OOD images above the score that keeps 95% of the ID images. Lower is better
 * @param auroc          the chance that an ID image scores above an OOD image, ties counting half
 * @param auprIn         area under precision and recall with ID images as positives
 * @param auprOut        the same with OOD images as positives, low scores first
 * @param detectionError the smallest share of all images, ID and OOD together, that one threshold gets wrong
 */
public record DetectionMetrics(double fpr95, double auroc, double auprIn, double auprOut, double detectionError) {

    /**
     * The metrics of two sets of scores, in any order.
     *
     * @param id  scores of ID images, at least one
     * @param ood scores of OOD images, at least one
     */
    public static DetectionMetrics of(double[] id, double[] ood) {
        double[] sortedId = sorted("in-distribution", id);
        double[] sortedOod = sorted("out-of-distribution", ood);
        double[] lowFirstId = negated(sortedId);
        double[] lowFirstOod = negated(sortedOod);
        return new DetectionMetrics(
                fpr95(sortedId, sortedOod),
                auroc(sortedId, sortedOod),
                aupr(sortedId, sortedOod),
                aupr(lowFirstOod, lowFirstId),
                detectionError(sortedId, sortedOod));
    }

    /*
     * As published: the threshold is the ID score of index round(0.05 n), rounding halves to even, and an OOD image
     * passes for ID if it scores strictly above. (The monitor's own rule, OOD iff strictly below its threshold, would
     * count an OOD image of exactly that score too.)
     */
    private static double fpr95(double[] id, double[] ood) {
        double threshold = keeping95Of(id);
        return (ood.length - countUpTo(ood, 0, threshold)) / (double) ood.length;
    }

    /** The score that keeps 95% of the in-distribution images, as FPR95 takes it. */
    static double keeping95(double[] id) {
        return keeping95Of(sorted("in-distribution", id));
    }

    private static double keeping95Of(double[] sorted) {
        return sorted[(int) Math.rint(0.05 * sorted.length)];
    }

    /** Mann and Whitney's U, which is the area under the ROC curve, straight across ties. */
    private static double auroc(double[] id, double[] ood) {
        double wins = 0;
        int less = 0;
        int upTo = 0;
        for (double score : id) {
            less = countUpTo(ood, less, Math.nextDown(score));
            upTo = countUpTo(ood, upTo, score);
            wins += (less + upTo) / 2.0;
        }
        return wins / id.length / ood.length;
    }

    /*
     * Precision against recall, straight between the points of neighbouring distinct scores, starting with precision 1
     * at recall 0 as scikit-learn and OpenOOD do. The published code starts with precision 0, which costs half of the
     * first step: nothing where scores are distinct, but 19 points where softmax probabilities of 38% of the images
     * round to 1.
     */
    private static double aupr(double[] positives, double[] negatives) {
        double area = 0;
        double lastRecall = 0;
        double lastPrecision = 1;
        int p = positives.length;
        int n = negatives.length;
        while (p > 0) {
            double score = n > 0 ? Math.max(positives[p - 1], negatives[n - 1]) : positives[p - 1];
            while (p > 0 && positives[p - 1] == score) {
                p--;
            }
            while (n > 0 && negatives[n - 1] == score) {
                n--;
            }
            int hits = positives.length - p;
            double recall = hits / (double) positives.length;
            double precision = hits / (double) (hits + negatives.length - n);
            area += (recall - lastRecall) * (precision + lastPrecision) / 2;
            lastRecall = recall;
            lastPrecision = precision;
        }
        return area;
    }

    /** As published: not weighted, so never more than the share of the smaller set. */
    private static double detectionError(double[] id, double[] ood) {
        // Flagging nothing gets the OOD images wrong; flagging up to a score wins some of these and loses ID images.
        int fewest = ood.length;
        int i = 0;
        int o = 0;
        while (i < id.length || o < ood.length) {
            double score = i == id.length ? ood[o] : o == ood.length ? id[i] : Math.min(id[i], ood[o]);
            i = countUpTo(id, i, score);
            o = countUpTo(ood, o, score);
            fewest = Math.min(fewest, i + ood.length - o);
        }
        return fewest / (double) (id.length + ood.length);
    }

    /** How many of the ascending scores are at most this, if at least so many are. */
    private static int countUpTo(double[] sorted, int atLeast, double score) {
        int count = atLeast;
        while (count < sorted.length && sorted[count] <= score) {
            count++;
        }
        return count;
    }

    private static double[] sorted(String what, double[] scores) {
        if (scores.length == 0) {
            throw new IllegalArgumentException("at least one " + what + " score is needed, but there is none");
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        // Sorting puts NaN last: the two ends are finite only if everything is.
        for (double end : new double[] {sorted[0], sorted[sorted.length - 1]}) {
            if (!Double.isFinite(end)) {
                throw new IllegalArgumentException(what + " scores must be finite, but one is " + end);
            }
        }
        return sorted;
    }

    private static double[] negated(double[] sorted) {
        double[] negated = new double[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            negated[i] = -sorted[sorted.length - 1 - i];
        }
        return negated;
    }
}
