package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.FeatureBank;
import io.oodmonitor.detector.statistics.IdStatistics;

/**
 * Distance to the k-th nearest in-distribution features, on the unit sphere, negated (Sun, Ming, Zhu and Li, ICML 2022,
 * arXiv 2204.06507, section 3). Exact: every one is compared, as one matrix product, which a CPU does at full speed.
 *
 * @param k from 1 to the number of features that the statistics keep
 */
public record Knn(int k) implements Detector {

    static final String METHOD = "knn";

    public Knn {
        if (k < 1) {
            throw new IllegalArgumentException("the k of knn must be at least 1, but is " + k);
        }
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String name() {
        return METHOD + "@" + k;
    }

    @Override
    public Scorer fit(LinearHead head, IdStatistics statistics) {
        FeatureBank bank = statistics.require(METHOD).bank();
        if (k > bank.images()) {
            throw new IllegalArgumentException("the k of knn must be at most " + bank.images()
                    + ", the images whose features the statistics keep, but is " + k);
        }
        float[] unit = bank.normalized();
        // ||q - b||^2 = ||q||^2 - 2 (q b - ||b||^2 / 2): the nearest are those of the greatest bracket.
        float[] bias = new float[bank.images()];
        for (int row = 0; row < bias.length; row++) {
            double square = 0;
            for (int j = 0; j < bank.features(); j++) {
                double value = unit[row * bank.features() + j];
                square += value * value;
            }
            bias[row] = (float) (-square / 2);
        }
        return new NeighbourScorer(unit, bias, bank.features(), k);
    }

    /** @param unit normalized features, n x d */
    private record NeighbourScorer(float[] unit, float[] bias, int features, int k) implements Scorer {

        @Override
        public <T> T score(Operators<T> operators, T h) {
            T norm = operators.plus(operators.norm(h), operators.constant(new float[] {FeatureBank.SMALLEST_NORM}, 1));
            T q = operators.over(h, norm);
            T bank = operators.constant(unit, bias.length, features);
            T closeness = operators.linear(q, bank, operators.constant(bias, bias.length));
            T nearest = operators.column(operators.largest(closeness, k).indices(), k - 1);
            // From the vectors themselves: the product has lost the digits of a small distance.
            T distance = operators.norm(operators.minus(q, operators.rows(bank, nearest)));
            return operators.times(distance, operators.constant(new float[] {-1}, 1));
        }
    }
}
