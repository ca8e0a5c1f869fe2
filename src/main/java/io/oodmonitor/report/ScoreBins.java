package io.oodmonitor.report;

import io.oodmonitor.evaluation.MethodScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Equal bins over the scores of one method, the same for every set. Scores beyond them belong to the outermost, so that
 * a few far-off images do not squeeze all others into one bin.
 *
 * @param from  where the first begins
 * @param width of each
 */
record ScoreBins(double from, double width) {

    static final int COUNT = 60;
    /** The share of a set's scores, at either end, that need no bins of their own. */
    private static final double TAIL = 0.005;
    /** How far the bins reach beyond the ID scores at most, in the range of those. */
    private static final double REACH = 2;

    static ScoreBins of(MethodScores scores) {
        List<double[]> sets = new ArrayList<>(scores.ood());
        sets.add(scores.id());
        double low = scores.threshold();
        double high = scores.threshold();
        for (double[] set : sets) {
            double[] sorted = sorted(set);
            low = Math.min(low, quantile(sorted, TAIL));
            high = Math.max(high, quantile(sorted, 1 - TAIL));
        }
        double[] id = sorted(scores.id());
        double idLow = quantile(id, TAIL);
        double idHigh = quantile(id, 1 - TAIL);
        double reach = REACH * (idHigh - idLow);
        if (reach > 0) {
            low = Math.max(low, idLow - reach);
            high = Math.min(high, idHigh + reach);
        }
        // Scores that are all the same still need a bin to stand in.
        double margin = high - low > Math.ulp(high) * COUNT ? 0 : Math.max(0.5, Math.ulp(high) * COUNT);
        return new ScoreBins(low - margin, (high - low + 2 * margin) / COUNT);
    }

    int[] counts(double[] scores) {
        int[] counts = new int[COUNT];
        for (double score : scores) {
            counts[(int) Math.max(0, Math.min(COUNT - 1, Math.floor((score - from) / width)))]++;
        }
        return counts;
    }

    double to() {
        return from + width * COUNT;
    }

    private static double[] sorted(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
