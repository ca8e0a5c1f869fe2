package io.oodmonitor.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A ROC curve with ID images as positives, thinned to {@link #falsePositiveRates()}.
 *
 * @param truePositiveRates the share of ID images that score high enough, where that share of OOD images does too
 */
record RocCurve(double[] truePositiveRates) {

    /** Denser near 0, where good detectors differ. In ten-thousandths. */
    private static final int[] GRID = IntStream.rangeClosed(0, 10_000)
            .filter(x -> x % 5 == 0 && (x <= 100 || x % 20 == 0) && (x <= 500 || x % 50 == 0)
                    && (x <= 2_000 || x % 100 == 0))
            .toArray();

    /** The curve, straight across ties. */
    static RocCurve of(double[] id, double[] ood) {
        double[] ascendingId = id.clone();
        double[] ascendingOod = ood.clone();
        Arrays.sort(ascendingId);
        Arrays.sort(ascendingOod);
        double[] grid = falsePositiveRates();
        double[] rates = new double[grid.length];
        Arrays.fill(rates, 1);
        int next = 0;
        int i = id.length;
        int o = ood.length;
        while (i > 0 || o > 0) {
            double score = Math.max(i > 0 ? ascendingId[i - 1] : Double.NEGATIVE_INFINITY,
                    o > 0 ? ascendingOod[o - 1] : Double.NEGATIVE_INFINITY);
            double x = (ood.length - o) / (double) ood.length;
            double y = (id.length - i) / (double) id.length;
            while (i > 0 && ascendingId[i - 1] == score) {
                i--;
            }
            while (o > 0 && ascendingOod[o - 1] == score) {
                o--;
            }
            double toX = (ood.length - o) / (double) ood.length;
            double toY = (id.length - i) / (double) id.length;
            for (; next < grid.length && grid[next] < toX; next++) {
                rates[next] = y + (toY - y) * (grid[next] - x) / (toX - x);
            }
        }
        return new RocCurve(rates);
    }

    /** The curves' mean, point by point. */
    static RocCurve mean(List<RocCurve> curves) {
        return new RocCurve(IntStream.range(0, GRID.length).mapToDouble(point -> curves.stream()
                .mapToDouble(curve -> curve.truePositiveRates()[point]).average().orElseThrow()).toArray());
    }

    /** Where every thinned curve has its points, from 0 to 1. */
    static double[] falsePositiveRates() {
        return Arrays.stream(GRID).mapToDouble(x -> x / 10_000.0).toArray();
    }
}
