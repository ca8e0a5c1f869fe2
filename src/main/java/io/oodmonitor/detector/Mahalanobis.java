package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.ClassMeans;
import io.oodmonitor.detector.statistics.Eigen;
import io.oodmonitor.detector.statistics.FeatureStatistics;
import io.oodmonitor.detector.statistics.IdStatistics;
import io.oodmonitor.detector.statistics.Products;

/**
 * Mahalanobis distance to the nearest class mean, squared and negated, under one covariance for all classes (Lee, Lee,
 * Lee and Shin, NeurIPS 2018, arXiv 1807.03888, equations 1 and 2), on the penultimate features alone. Directions in
 * which the images do not vary, dead features for example, do not count.
 */
public record Mahalanobis() implements Detector {

    static final String METHOD = "mahalanobis";

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String name() {
        return METHOD;
    }

    @Override
    public Scorer fit(LinearHead head, IdStatistics statistics) {
        FeatureStatistics images = statistics.require(METHOD);
        int d = head.features();
        double[] whitening = Eigen.of(images.covarianceWithinClasses(), d).whitening();
        int rank = whitening.length / d;
        ClassMeans means = images.classMeans();
        int[] seen = means.seen();
        double[] rows = new double[seen.length * d];
        for (int k = 0; k < seen.length; k++) {
            System.arraycopy(means.means(), seen[k] * d, rows, k * d, d);
        }
        // Turned: rank x classes, to be multiplied from the right.
        double[] centres = Products.turned(whitening, rank, d, rows, seen.length);
        double[] squares = new double[seen.length];
        for (int i = 0; i < centres.length; i++) {
            squares[i % seen.length] += centres[i] * centres[i];
        }
        return new ClassDistanceScorer(d, whitening, centres, squares);
    }

    /**
     * In double, as differences of large squares.
     *
     * @param whitening d x r, A with A A^T the inverse of the covariance
     * @param centres   whitened class means, r x K
     * @param squares   their squared norms, K
     */
    private record ClassDistanceScorer(int features, double[] whitening, double[] centres, double[] squares)
            implements Scorer {

        @Override
        public <T> T score(Operators<T> operators, T h) {
            int rank = whitening.length / features;
            T z = operators.product(operators.toDouble(h), operators.constant(whitening, features, rank));
            T two = operators.constant(new double[] {2}, 1);
            T cross = operators.times(operators.product(z, operators.constant(centres, rank, squares.length)), two);
            T near = operators.max(operators.minus(cross, operators.constant(squares, squares.length)));
            return operators.minus(near, operators.sum(operators.times(z, z)));
        }
    }
}
